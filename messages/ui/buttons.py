"""Buttons under a message and how they are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from messages.callbacks.order import Do, Tap
from messages.callbacks.team import FirstDo, FirstTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit
from messages.ui import limits
from messages.ui.order_view import Look
from orders.model.order import Order
from orders.model.people import Party
from orders.model.status import Status
from orders.order.marketplace_backlog import to_mark

Row = list[InlineKeyboardButton]

_MAP = "https://yandex.ru/maps/?text="


def tap(order: Order, do: Do, t: Translator) -> InlineKeyboardButton:
    """The button of a step or a page, labelled in the users' own words.

    What was marked in the marketplace's app is the status of now: pressed later, it says no more than that.
    """
    if do is Do.IN_APP:
        status = to_mark(order)
        key = "do-in-app-photo" if status is Status.PHOTO else "do-in-app"
        return labelled(t.plain(key), order, do, status.value)
    return labelled(t.plain(f"do-{do.value}"), order, do)


def step_button(look: Look, do: Do) -> InlineKeyboardButton:
    """The same, in the words of the one who looks: courier or shop."""
    if do is Do.LEFT and look.only_carries:
        return labelled(look.t.plain("do-left-mine"), look.order, do)
    if do is Do.STOPPED and not look.standing & {Party.CARRIER, Party.ASSIGNED_SELLER}:
        return labelled(look.t.plain("do-stopped-courier"), look.order, do)
    if do is Do.SAY and Party.CARRIER in look.standing:
        return labelled(look.t.plain("do-say-mine"), look.order, do)
    return tap(look.order, do, look.t)


def labelled(label: str, order: Order, do: Do, arg: str = "") -> InlineKeyboardButton:
    """The same under another label, cut to what a phone shows."""
    data = Tap(do=do, order=order.id, arg=arg).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def remove_trial_button(shop_id: int, t: Translator) -> InlineKeyboardButton:
    """Removes the shop's trial order."""
    data = FirstTap(do=FirstDo.UNTRY, shop=shop_id).pack()
    return InlineKeyboardButton(text=t.plain("do-remove-trial"), callback_data=data)


def map_button(address: str, t: Translator) -> InlineKeyboardButton:
    """A link that shows the address on a map."""
    return InlineKeyboardButton(
        text=t.plain("button-map"), url=_MAP + quote(clean(address, limits.MAP_QUERY), safe="")
    )


def next_first(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """The next step alone on its row, the others two by two."""
    return [list(buttons[:1]), *pairs(buttons[1:])]


def pairs(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """Two by two; a label that a phone would cut in half a row has a row of its own (X16)."""
    rows: list[Row] = []
    for button in buttons:
        is_short = len(button.text) <= limits.HALF_ROW
        if rows and len(rows[-1]) == 1 and is_short and len(rows[-1][0].text) <= limits.HALF_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup | None:
    """The keyboard, or None where there is nothing to press."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None
