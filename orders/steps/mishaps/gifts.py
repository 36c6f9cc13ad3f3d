"""Decides on gifts (R85) and on a card in place of the branded one (R77)."""

from __future__ import annotations

from dataclasses import replace

from orders.model.gifts import Gift, GiftEvent, GiftGiven, GiftTakenOut, GiveGift, TakeGiftOut
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.steps.decisions import decided_by

MOST_GIFTS = 5


def with_gift(order: Order, event: GiftEvent) -> Order:
    """The order with the gift added, or the last one removed."""
    if isinstance(event, GiftGiven):
        return replace(order, gifts=(*order.gifts, Gift(event.name, event.cost, event.mark, event.is_card)))
    return replace(order, gifts=order.gifts[:-1])


def _give(order: Order, command: GiveGift, mark: Mark, _rules: ShopRules) -> GiftGiven:
    name = command.name.strip()
    cards = [one for one in order.gifts if one.is_card]
    if command.is_card and cards:
        raise Refusal(Reason.ALREADY, order.status, cards[0].given)
    if len(order.gifts) >= MOST_GIFTS or not (name or command.is_card):
        raise Refusal(Reason.NOT_NOW, order.status)
    return GiftGiven(mark, name, command.cost, command.is_card)


def _take_out(order: Order, _command: TakeGiftOut, mark: Mark, _rules: ShopRules) -> GiftTakenOut:
    if not order.gifts:
        raise Refusal(Reason.NOT_NOW, order.status)
    return GiftTakenOut(mark, order.gifts[-1].name)


DECISIONS = (
    decided_by(GiveGift, _give),
    decided_by(TakeGiftOut, _take_out),
)
