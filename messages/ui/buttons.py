"""Buttons below a message, and their layout."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from messages.callbacks.order import Do, Tap
from messages.callbacks.team import FirstDo, FirstTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit
from messages.ui import limits
from messages.ui.order_view import Look
from orders.client.agreements import on_record
from orders.model.order import Order, Topic
from orders.model.people import Party
from orders.model.status import Status
from orders.order.marketplace_backlog import to_mark
from orders.steps.delivery.notes import has_own_carrier

Row = list[InlineKeyboardButton]

_MAP = "https://yandex.ru/maps/?text="


def tap(order: Order, do: Do, t: Translator) -> InlineKeyboardButton:
    """The button of a step or page with its standard label.

    The button for "done in the app" carries the present status: tapped later, it confirms only that.
    """
    if do is Do.IN_APP:
        status = to_mark(order)
        key = "do-in-app-photo" if status is Status.PHOTO else "do-in-app"
        return labelled(t.plain(key), order, do, status.value)
    return labelled(t.plain(f"do-{do.value}"), order, do)


def step_button(look: Look, do: Do) -> InlineKeyboardButton:
    """The same with the label for this viewer: courier or shop."""
    if do is Do.GIVE_TO:
        return _give_to(look)
    other = _OTHER_WORDS.get(do)
    key = other(look) if other is not None else None
    return labelled(look.t.plain(key), look.order, do) if key else tap(look.order, do, look.t)


def _words_of_stop(look: Look) -> str | None:
    is_holder = look.standing & {Party.CARRIER, Party.ASSIGNED_SELLER}
    return None if is_holder else "do-stopped-courier"


def _words_of_say(look: Look) -> str | None:
    if Party.CARRIER in look.standing:
        return "do-say-mine"
    return None if has_own_carrier(look.order) else "do-say-answer"


_OTHER_WORDS: dict[Do, Callable[[Look], str | None]] = {
    Do.LEFT: lambda look: "do-left-mine" if look.only_carries else None,
    Do.STOPPED: _words_of_stop,
    Do.SAY: _words_of_say,
    Do.BACK: lambda look: None if Party.CARRIER in look.standing else "do-back-order",
}
"""Labels that differ for some viewers; None: the standard label."""


def _give_to(look: Look) -> InlineKeyboardButton:
    """«Отдать: соседке Кате»: the person agreed with the client (R56)."""
    agreed = on_record(look.order, Topic.THIRD_PERSON)
    whom = clean(agreed.proposal.words if agreed is not None else "", limits.BUTTON)
    return labelled(look.t.plain("do-give-to-whom", whom=whom), look.order, Do.GIVE_TO)


def labelled(label: str, order: Order, do: Do, arg: str = "") -> InlineKeyboardButton:
    """The same with another label, cut to fit a phone."""
    data = Tap(do=do, order=order.id, arg=arg).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def remove_trial_button(shop_id: int, t: Translator) -> InlineKeyboardButton:
    """The button that removes the shop's trial order."""
    data = FirstTap(do=FirstDo.UNTRY, shop=shop_id).pack()
    return InlineKeyboardButton(text=t.plain("do-remove-trial"), callback_data=data)


def map_button(address: str, t: Translator) -> InlineKeyboardButton:
    """A link to the address on a map."""
    return InlineKeyboardButton(
        text=t.plain("button-map"), url=_MAP + quote(clean(address, limits.MAP_QUERY), safe="")
    )


def next_first(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """The next step on its own row, the others in two columns."""
    return [list(buttons[:1]), *pairs(buttons[1:])]


def pairs(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    """Two columns; a label too long for half a row has its own row (X16)."""
    rows: list[Row] = []
    for button in buttons:
        is_short = len(button.text) <= limits.HALF_ROW
        if rows and len(rows[-1]) == 1 and is_short and len(rows[-1][0].text) <= limits.HALF_ROW:
            rows[-1].append(button)
        else:
            rows.append([button])
    return rows


def label_rooms(count: int) -> list[int]:
    """Letters that each of so many buttons shows, two in a row: the last of an odd number has a whole row."""
    found = [limits.HALF_ROW] * count
    if count % 2:
        found[-1] = limits.BUTTON
    return found


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup | None:
    """The keyboard, or None without buttons."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=filled) if filled else None
