"""The order board (R1-R6): filters with counts, one button per order, and what is not listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import BoardTap, Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import ELLIPSIS, clean, fit, fit_lines, units
from messages.intake.drafts import entry_button
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, labelled
from messages.ui.composition import product
from messages.ui.formatting import clock, left
from messages.ui.heading import STATE_SIGNS, sign
from messages.ui.screen import Screen
from orders.delivery.address import lacks_address
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.board import Day, Section
from orders.schedule.deadlines import accept_by, next_due

PAGE_SIZE = 8
_IN_ROW = 3
_NUMBER_ON_BUTTON = 12
_SHORTEST_NAME = 5
_SEPARATOR = " · "
_SOON = timedelta(hours=1)

_SIGNS = {
    Section.NEW: STATE_SIGNS[Status.NEW],
    Section.ACCEPTED: STATE_SIGNS[Status.ACCEPTED],
    Section.PHOTO: STATE_SIGNS[Status.PHOTO],
    Section.COURIER_LEFT: STATE_SIGNS[Status.COURIER_LEFT],
    Section.DONE: STATE_SIGNS[Status.DONE],
}


def board(  # noqa: PLR0913, PLR0917 - a page of the board is that many things, and nothing else holds them
    orders: Sequence[Order],
    counts: Mapping[Section, int],
    hidden: tuple[int, int, int],
    day: Day,
    section: Section,
    page: int,
    pages: int,
    now: datetime,
    rules: ShopRules,
    t: Translator,
    drafts: int | None = None,
    earlier: int = 0,
) -> Screen:
    """One page; `hidden` counts what "all" does not list: closed, removed from the list, archived (R6).

    `drafts` counts the orders by hand that wait to be finished; None for whoever enters none. `earlier`
    counts the orders of days before this one that are not finished yet.
    """
    lines = [_header(counts, day, section, t)]
    if pages > 1:
        lines.append(t("board-page", page=page + 1, pages=pages))
    if not orders:
        lines.append(t("board-empty-all") if section is Section.ALL else t("board-empty"))
    lines += [t("board-earlier", count=earlier)] if earlier else []
    lines += _not_shown(hidden, t)
    rows = [
        _days(day, section, t),
        *_sections(counts, day, section, t),
        *order_rows(orders, now, rules, t),
        _paging(day, section, page, pages, t),
        _drawers(hidden, day, section, t),
        [] if drafts is None else [entry_button(drafts, t)],
    ]
    return Screen(str(Markup("\n").join(lines)), keyboard(rows))


def matches(orders: Sequence[Order], now: datetime, rules: ShopRules, t: Translator, total: int) -> Screen:
    """What a search by number found (R5)."""
    if not orders:
        return Screen(str(t("matches-none")))
    title = t("matches", count=total)
    if total > len(orders):
        title = t("joined", first=title, second=t("matches-first", count=len(orders)))
    return Screen(str(title), keyboard(order_rows(orders, now, rules, t)))


def with_damaged(screen: Screen, numbers: Sequence[str], t: Translator) -> Screen:
    """The list, with the numbers of the orders that stand in it and cannot be read below its title."""
    if not numbers:
        return screen
    title, *lines = map(Markup, screen.text.split("\n"))
    return replace(screen, text=str(fit_lines([title, damaged_line(numbers, t), *lines])))


def damaged_line(numbers: Sequence[str], t: Translator) -> Markup:
    """Which orders cannot be read, and what to do with them."""
    named = ", ".join(clean(number, limits.NUMBER) for number in numbers[:PAGE_SIZE])
    return t("orders-damaged", numbers=named)


def order_rows(orders: Sequence[Order], now: datetime, rules: ShopRules, t: Translator) -> list[Row]:
    """One order, one button that opens it."""
    return [[labelled(order_label(order, now, rules, t), order, Do.OPEN)] for order in orders]


def order_label(
    order: Order, now: datetime, rules: ShopRules, t: Translator, *, is_by_goods: bool = False
) -> str:
    """«🔴 14:00 · 25836184 · осталось 9 мин»: the product's name gets what room is left.

    `is_by_goods`: all of it, for whoever looks for the order of a picture by what is on it.
    """
    due = "" if is_by_goods else _due(order, now, rules, t)
    parts = [
        f"{sign(order)} {_when(order, now, rules, is_short=bool(due))}".strip(),
        clean(order.number, _NUMBER_ON_BUTTON),
        t.plain("board-no-address") if lacks_address(order) and not is_by_goods else "",
        due,
    ]
    label = fit(_SEPARATOR.join(filter(None, parts)), limits.BUTTON)
    room = limits.BUTTON - units(label + _SEPARATOR)
    name = _fitting(product(order, t), room) if room >= _SHORTEST_NAME else ""
    return _SEPARATOR.join(filter(None, (label, name)))


def _fitting(name: str, room: int) -> str:
    """«Пионы «Облако»…»: cut after a word, so that of 15 stems there is not 1 left."""
    cut = fit(name, room)
    kept = cut.removesuffix(ELLIPSIS)
    if cut == name or name[len(kept)] == " ":
        return cut
    words = kept.rpartition(" ")[0].rstrip(" ,.:;(")
    return f"{words}{ELLIPSIS}" if len(words) >= _SHORTEST_NAME else cut


def _when(order: Order, now: datetime, rules: ShopRules, *, is_short: bool) -> str:
    if order.details.window is None:
        return ""
    start = order.details.window.start.astimezone(rules.zone)
    if start.date() == now.astimezone(rules.zone).date():
        return str(clock(start, rules.zone))
    return f"{start:%d.%m}" if is_short else f"{start:%d.%m %H:%M}"


def _due(order: Order, now: datetime, rules: ShopRules, t: Translator) -> str:
    """What presses within the hour, or is late."""
    window = order.details.window
    if order.status is Status.NEW:
        due = accept_by(order, rules)
    elif order.is_final or window is None:
        return ""
    elif now <= window.end:
        return _next(order, now, rules, t)
    else:
        due = window.end
    if due - now >= _SOON:
        return ""
    return t.plain("board-late") if now - due >= _SOON else left(due, now, t).unescape()


def _next(order: Order, now: datetime, rules: ShopRules, t: Translator) -> str:
    """«фото до 13:30», «пора выезжать»: what the shop has to do within the hour (R2)."""
    due = next_due(order, rules, now)
    if due is None or due.at - now >= _SOON:
        return ""
    what = due.task.value
    if due.at <= now:
        return t.plain(f"board-{what}-now")
    return t.plain(f"board-{what}-by", clock=clock(due.at, rules.zone))


def _header(counts: Mapping[Section, int], day: Day, section: Section, t: Translator) -> Markup:
    title = t("board-title", day=t(f"board-day-{day.value}"))
    if section is not Section.ALL:
        title = t("joined", first=title, second=t(f"board-section-{section.value}"))
    return t("board-header", title=title, count=counts[section]) if section in counts else title


def _not_shown(hidden: tuple[int, int, int], t: Translator) -> list[Markup]:
    kinds = zip(("closed", "removed", "archived"), hidden, strict=True)
    parts = [t(f"board-hidden-{kind}", count=count) for kind, count in kinds if count]
    return [t("board-not-shown", parts=Markup(", ").join(parts))] if parts else []


def _days(active: Day, section: Section, t: Translator) -> Row:
    return [
        _filter(t.plain(f"board-button-{day.value}"), day, section, is_active=day is active)
        for day in (Day.TODAY, Day.TOMORROW, Day.ALL)
    ]


def _sections(counts: Mapping[Section, int], day: Day, active: Section, t: Translator) -> list[Row]:
    buttons = []
    for section in (Section.ALL, *_SIGNS):
        sign = _SIGNS.get(section) or t.plain("board-button-any")
        label = f"{sign} {counts.get(section, 0)}"
        buttons.append(_filter(label, day, section, is_active=section is active))
    return [buttons[at : at + _IN_ROW] for at in range(0, len(buttons), _IN_ROW)]


def _filter(label: str, day: Day, section: Section, *, is_active: bool) -> InlineKeyboardButton:
    data = BoardTap(day=day, section=section).pack()
    return InlineKeyboardButton(text=f"{label} •" if is_active else label, callback_data=data)


def _paging(day: Day, section: Section, page: int, pages: int, t: Translator) -> Row:
    steps = (("board-previous", page - 1), ("board-next", page + 1))
    return [
        InlineKeyboardButton(
            text=t.plain(key), callback_data=BoardTap(day=day, section=section, page=to).pack()
        )
        for key, to in steps
        if 0 <= to < pages
    ]


def _drawers(hidden: tuple[int, int, int], day: Day, section: Section, t: Translator) -> Row:
    closed, removed, archived = hidden
    drawers = ((Section.CLOSED, closed), (Section.ARCHIVE, removed + archived))
    return [
        _filter(
            t.plain(f"board-button-{drawer.value}", count=count), day, drawer, is_active=drawer is section
        )
        for drawer, count in drawers
        if count
    ]
