"""The checklist before the photo as a few large boxes; one tap ticks all of them (R34, R36)."""

from __future__ import annotations

import hashlib

from aiogram.types import InlineKeyboardButton

from messages.callbacks.photos import CheckTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui import limits
from messages.ui.buttons import Row
from messages.ui.names import product_name
from orders.model.order import Order
from orders.model.photo import Item, ItemKind
from orders.photo.checklist import checklist

MOST_GOODS = 3
"""Boxes for products: with the card, quality, light and the two wide buttons there are eight."""

_IN_A_ROW = 2
_THINGS = frozenset({ItemKind.GOODS, ItemKind.GIFT})


def all_ticked(order: Order) -> int:
    """The bits of all boxes."""
    return (1 << len(_boxes(order))) - 1


def made_of(order: Order) -> str:
    """A hash of this list: buttons of another list tick nothing in it."""
    return hashlib.sha256(repr(checklist(order.details, order.gifts)).encode()).hexdigest()[:8]


def tick_rows(order: Order, photo: int, ticked: int, t: Translator) -> list[Row]:
    """«Всё на месте», and below it the boxes in two columns."""
    everything = t.plain("check-everything")
    boxes = [
        _button(f"{'☑' if ticked & 1 << at else '☐'} {_label(box, t)}", order, photo, ticked ^ 1 << at)
        for at, box in enumerate(_boxes(order))
    ]
    rows = [boxes[at : at + _IN_A_ROW] for at in range(0, len(boxes), _IN_A_ROW)]
    return [[_button(everything, order, photo, all_ticked(order))], *rows]


def named(item: Item, t: Translator) -> str:
    """«Пионы × 2», «Открытка с текстом»."""
    if item.kind is ItemKind.GIFT:
        return t.plain("check-gift", name=product_name(item.name, t))
    if item.kind is not ItemKind.GOODS:
        return t.plain(f"check-{item.kind.value}")
    name = product_name(item.name, t)
    return t.plain("composition-line", name=name, count=item.count) if item.count != 1 else name


def _button(label: str, order: Order, photo: int, ticked: int) -> InlineKeyboardButton:
    data = CheckTap(order=order.id, photo=photo, ticked=ticked, made_of=made_of(order)).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def _boxes(order: Order) -> list[tuple[Item, ...]]:
    """A box for each item; products beyond the maximum share the last box."""
    items = checklist(order.details, order.gifts)
    goods = [item for item in items if item.kind in _THINGS]
    rest = [(item,) for item in items if item.kind not in _THINGS]
    if len(goods) <= MOST_GOODS:
        return [*((item,) for item in goods), *rest]
    alone = MOST_GOODS - 1
    return [*((item,) for item in goods[:alone]), tuple(goods[alone:]), *rest]


def _label(box: tuple[Item, ...], t: Translator) -> str:
    return named(box[0], t) if len(box) == 1 else t.plain("composition-more", count=len(box))
