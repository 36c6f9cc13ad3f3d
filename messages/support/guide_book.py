"""Editing the guide: the list, one situation, the staff's suggestions (R95)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.support import GuideDo, GuideTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.support.guide import PER_PAGE, text_of, title_of
from messages.support.to_support import ready_sentence
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.model.rules import ShopRules
from orders.support.guide import Entry, Stage
from orders.support.guide_book import (
    LONGEST_LINE,
    LONGEST_TITLE,
    LONGEST_TO_SUPPORT,
    MOST_LINES,
    MOST_OWN,
    EntryFlaw,
)


def book(shop_id: int, entries: Sequence[Entry], t: Translator, page: int = 0) -> Screen:
    """All entries: suggestions first, then shown and hidden ones in the shop's order."""
    ordered = [*filter(_is_suggested, entries), *(one for one in entries if not one.is_suggested)]
    pages = max(1, -(-len(ordered) // PER_PAGE))
    here = ordered[page % pages * PER_PAGE :][:PER_PAGE]
    rows: list[Row] = [[_button(shop_id, _label(one, t), GuideDo.ONE, one.key)] for one in here]
    if pages > 1:
        following = (page + 1) % pages
        rows.append([_button(shop_id, t.plain("guide-others"), GuideDo.BOOK, page=following)])
    rows.append([_button(shop_id, t.plain("guide-do-new"), GuideDo.NEW)])
    rows.append([_button(shop_id, t.plain("guide-back-list"), GuideDo.LIST)])
    lines = [t("guide-book"), t("guide-book-signs")]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def one_entry(shop_id: int, entry: Entry, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """One situation with the buttons to change it."""
    if entry.is_suggested:
        return suggestion(shop_id, entry, rules, now, t)
    state = [] if entry.is_shown else [t("guide-is-hidden")]
    door = GuideDo.HIDE if entry.is_shown else GuideDo.SHOW
    rows = [
        [_do(shop_id, GuideDo.TEXT, entry, t)],
        [_do(shop_id, GuideDo.TELLS, entry, t)],
        [_do(shop_id, GuideDo.UP, entry, t), _do(shop_id, GuideDo.DOWN, entry, t)],
        [_do(shop_id, door, entry, t), *_last(shop_id, entry, t)],
    ]
    if entry.situation is None:
        label = t.plain(f"guide-stage-{entry.stage.value}")
        rows.append([_button(shop_id, label, GuideDo.STAGE, entry.key)])
    rows.append([_button(shop_id, t.plain("guide-back-book"), GuideDo.BOOK)])
    return Screen(str(fit_lines([*_whole(entry, t), _told(entry, t), *state])), keyboard(rows))


def suggestion(shop_id: int, entry: Entry, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """A suggestion: publish, correct or drop it."""
    by = [t("guide-suggested-by", signed=signed(entry.made, rules, now, t))] if entry.made else []
    rows = [
        [_do(shop_id, GuideDo.PUBLISH, entry, t)],
        [_do(shop_id, GuideDo.TEXT, entry, t), _do(shop_id, GuideDo.DROP, entry, t)],
        [_button(shop_id, t.plain("guide-back-book"), GuideDo.BOOK)],
    ]
    return Screen(str(fit_lines([t("guide-suggestion"), *_whole(entry, t), *by])), keyboard(rows))


def _told(entry: Entry, t: Translator) -> Markup:
    said = entry.to_support or (ready_sentence(entry.situation, t) if entry.situation is not None else "")
    return t("guide-to-support", text=clean(said or title_of(entry, t), LONGEST_TO_SUPPORT))


def ask_to_support(t: Translator) -> Markup:
    """Asks for the message to support."""
    return t("guide-ask-to-support", most=LONGEST_TO_SUPPORT)


def ask_text(t: Translator, *, suggested: bool) -> Markup:
    """Asks for title and steps."""
    key = "guide-ask-suggestion" if suggested else "guide-ask-text"
    return fit_lines([t(key), t("guide-ask-form", most=MOST_LINES)])


def flaw_text(flaw: EntryFlaw, t: Translator) -> Markup:
    """Why a text is invalid, and what is valid."""
    numbers = {
        "title": LONGEST_TITLE,
        "line": LONGEST_LINE,
        "lines": MOST_LINES,
        "own": MOST_OWN,
        "support": LONGEST_TO_SUPPORT,
    }
    return t(f"guide-flaw-{flaw.value}", **numbers)


def next_stage(stage: Stage) -> Stage:
    """The next stage; after the last comes the first."""
    stages = list(Stage)
    return stages[(stages.index(stage) + 1) % len(stages)]


def _is_suggested(entry: Entry) -> bool:
    return entry.is_suggested


def _label(entry: Entry, t: Translator) -> str:
    title = title_of(entry, t)
    if entry.is_suggested:
        return t.plain("guide-label-suggested", title=title)
    return title if entry.is_shown else t.plain("guide-label-hidden", title=title)


def _whole(entry: Entry, t: Translator) -> list[Markup]:
    return [t("guide-title", title=title_of(entry, t)), *text_of(entry, t)]


def _last(shop_id: int, entry: Entry, t: Translator) -> Row:
    if entry.situation is None:
        return [_do(shop_id, GuideDo.DROP, entry, t)]
    own = bool(entry.title or entry.words or entry.to_support)
    return [_button(shop_id, t.plain("guide-do-ready"), GuideDo.DROP, entry.key)] if own else []


def _do(shop_id: int, do: GuideDo, entry: Entry, t: Translator) -> InlineKeyboardButton:
    return _button(shop_id, t.plain(f"guide-do-{do.name.lower()}"), do, entry.key)


def _button(shop_id: int, label: str, do: GuideDo, key: str = "", page: int = 0) -> InlineKeyboardButton:
    data = GuideTap(do=do, shop=shop_id, key=key, page=page).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)
