"""Which changes of an order staff may enter directly, and which the client has to agree to first.

The time, the products, the price and the destination of a marketplace order change only with the client's
agreement (R59, R66). Unknown fields are filled in at once (X1).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from orders.client.agreements import open_one
from orders.intake.merge import conflicts, merged, plain
from orders.model.details import Details, Line, Person, Window
from orders.model.draft import Field, knows
from orders.model.money import Money
from orders.model.order import Order, Topic
from orders.parsing.proposals import read_substitute
from orders.steps.commands import Propose

_OF_THE_CLIENT = frozenset(Field) - {
    Field.NUMBER,
    Field.CLIENT,
    Field.CLIENT_NOTE,
    Field.SHOP_NOTE,
    Field.COURIER_NOTE,
    Field.PAYMENT_NOTE,
}


_SIGNS = {
    Field.WINDOW: "❓🕒",
    Field.GOODS: "❓💐",
    Field.PAID: "❓💰",
    Field.ADDRESS: "❓📍",
    Field.RECIPIENT: "❓👤",
    Field.CARD_TEXT: "❓✉",
}
"""Prefixes of notes about a field, in every language."""
_OF_TOPIC = {Topic.WINDOW: Field.WINDOW, Topic.SUBSTITUTION: Field.GOODS, Topic.SURCHARGE: Field.PAID}


def to_ask(order: Order, other: Details) -> tuple[Field, ...]:
    """The fields that `other` would change and that need the client's agreement.

    Empty for the shop's own orders, and for an order whose details the marketplace has not returned yet: all
    that is known of it was entered by staff (X13).
    """
    known = order.details
    if order.marketplace_status is None or known.unread:
        return ()
    found = {field for field in conflicts(known, other) if field in _OF_THE_CLIENT}
    if _moves_soon(known, other):
        found.add(Field.WINDOW)
    if knows(other, Field.DELIVERY) and other.delivery is not known.delivery:
        found.add(Field.DELIVERY)
    return tuple(field for field in Field if field in found)


def filled(order: Order, other: Details, taken: Collection[Field] = ()) -> Details:
    """The order's details with gaps filled, and with the fields in `taken` that need no agreement."""
    asked = to_ask(order, other)
    if not asked:
        return merged(order.details, other, taken)
    return merged(order.details, _without(other, order.details, asked), taken)


def with_unasked(order: Order, other: Details, zone: ZoneInfo, mark: str) -> Details:
    """`other` with notes on changes that need the client's agreement but have not been proposed yet.

    The order stays unchanged, and the words are kept. Each note starts with the field's sign and `mark`, so
    that it can be removed once the client has answered. Sums go to the note for directors and managers (R13);
    phones are left out (R62).
    """
    fields = [field for field in to_ask(order, other) if not _is_asked(order, other, field, zone)]
    said = [f"{_SIGNS[field]} {mark} {words}" for field in fields if (words := _words(other, field, zone))]
    sums = (
        [f"{_SIGNS[Field.PAID]} {mark} {_sum(other.paid)}"]
        if Field.PAID in fields and other.paid is not None
        else []
    )
    shop_note = "\n".join(filter(None, (other.shop_note, *said)))
    return replace(
        other, shop_note=shop_note, payment_note="\n".join(filter(None, (other.payment_note, *sums)))
    )


def without_answered(details: Details, topic: Topic) -> Details:
    """The details without notes on what the client has answered; the history keeps them."""
    field = _OF_TOPIC.get(topic)
    return _without_lines(details, lambda line: field is not None and line.startswith(_SIGNS[field]))


def without_settled(details: Details, zone: ZoneInfo) -> Details:
    """The details without notes that equal their values, since the marketplace has made these changes."""
    said = {
        sign: _sum(details.paid) if field is Field.PAID and details.paid else _words(details, field, zone)
        for field, sign in _SIGNS.items()
    }
    return _without_lines(
        details,
        lambda line: any(
            line.startswith(sign) and words and line.endswith(f" {words}") for sign, words in said.items()
        ),
    )


def _without_lines(details: Details, is_over: Callable[[str], bool]) -> Details:
    def kept(note: str) -> str:
        lines = note.split("\n")
        left = [line for line in lines if not is_over(line)]
        return note if len(left) == len(lines) else "\n".join(left)

    return replace(details, shop_note=kept(details.shop_note), payment_note=kept(details.payment_note))


def takes_past_time(order: Order, other: Details, taken: Collection[Field], now: datetime) -> bool:
    """Whether filling in would give the order a past window (X1); a person is asked first."""
    after = filled(order, other, taken).window
    return after is not None and after != order.details.window and after.end < now


def proposal(order: Order, other: Details, field: Field, zone: ZoneInfo) -> Propose | None:
    """The proposal to the client about this field; None if the bot cannot make one.

    If words or the goods to be replaced are missing, the person who proposes adds them.
    """
    if field is Field.WINDOW and other.window is not None:
        return Propose(Topic.WINDOW, _written(other.window, zone))
    if field is Field.GOODS:
        return _substitution(order.details.lines, other.lines)
    if field is Field.PAID and _difference(order.details.paid, other.paid) > 0:
        return Propose(Topic.SURCHARGE)
    return None


def _is_asked(order: Order, other: Details, field: Field, zone: ZoneInfo) -> bool:
    """Whether an open proposal already asks about this field."""
    asked = proposal(order, other, field, zone)
    return asked is not None and open_one(order, asked.topic) is not None


def _words(other: Details, field: Field, zone: ZoneInfo) -> str:
    if field is Field.WINDOW and other.window is not None:
        return _written(other.window, zone)
    if field is Field.GOODS:
        return "; ".join(
            line.name if line.count == 1 else f"{line.name} × {line.count}" for line in other.lines
        )
    if field is Field.RECIPIENT:
        return other.recipient.name
    return getattr(other, field.value) if field in {Field.ADDRESS, Field.CARD_TEXT} else ""


def _sum(paid: Money) -> str:
    return f"{paid.minor / 100:.2f} {paid.currency}"


def _moves_soon(known: Details, other: Details) -> bool:
    """Whether an order without a window would get one, or one with a window would become urgent."""
    if known.window is None:
        return known.as_soon_as_possible and other.window is not None
    return other.as_soon_as_possible and not known.as_soon_as_possible


def _without(other: Details, known: Details, fields: Collection[Field]) -> Details:
    """`other` without these fields. The address is dropped together with the way of delivery."""
    if Field.DELIVERY in fields:
        other = replace(other, delivery=known.delivery, address="")
    if Field.ADDRESS in fields:
        other = replace(other, address="")
    if Field.WINDOW in fields:
        other = replace(other, window=None, as_soon_as_possible=False)
    if Field.GOODS in fields:
        other = replace(other, lines=())
    if Field.PAID in fields:
        other = replace(other, paid=None)
    if Field.RECIPIENT in fields:
        other = replace(other, recipient=Person())
    return replace(other, card_text="") if Field.CARD_TEXT in fields else other


def _written(window: Window, zone: ZoneInfo) -> str:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    return f"{start:%d.%m} {start:%H:%M}-{end:%H:%M}"


def _substitution(mine: tuple[Line, ...], theirs: tuple[Line, ...]) -> Propose:
    gone, new = _lacking(mine, theirs), _lacking(theirs, mine)
    if len(gone) != 1 or len(new) != 1:
        return Propose(Topic.SUBSTITUTION)
    return Propose(Topic.SUBSTITUTION, _replacement(gone[0], new[0]), gone[0].name)


def _lacking(lines: tuple[Line, ...], others: tuple[Line, ...]) -> list[Line]:
    """The lines whose names the others lack."""
    names = {plain(line.name) for line in others}
    return [line for line in lines if plain(line.name) not in names]


def _replacement(old: Line, new: Line) -> str:
    """«Розы 15 шт, +300 RUB»; empty if a price is unknown or the text would be read differently."""
    if old.paid is None or new.paid is None or old.paid.currency != new.paid.currency:
        return ""
    extra = _difference(old.paid, new.paid)
    amount = f"{abs(extra) / 100:.2f} {new.paid.currency}"
    words = f"{new.name}, {'+' if extra > 0 else '-'}{amount}" if extra else f"{new.name} без доплаты"
    is_same = new.count == old.count and read_substitute(words) == (
        new.name,
        Money(extra, new.paid.currency) if extra else None,
    )
    return words if is_same else ""


def _difference(before: Money | None, after: Money | None) -> int:
    if before is None or after is None or before.currency != after.currency:
        return 0
    return after.minor - before.minor
