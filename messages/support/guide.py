"""«Что делать?»: the situations that fit, and one screen for each (R72, R79)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.callbacks.support import GuideDo, GuideTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.support.aids import aid_buttons
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, pairs, tap
from messages.ui.heading import opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.model.people import Actor, Role
from orders.support.cases import Case
from orders.support.facts import Done, done
from orders.support.guide import Entry, Fit
from orders.support.guide import fit as fits
from orders.support.guide_book import LONGEST_LINE, MOST_LINES

PER_PAGE = 5
"""With the navigation, editing or suggesting, and the way back there are eight buttons."""


@dataclass(frozen=True, slots=True)
class GuideView:
    """The reader of a shop's guide, and their order; None: opened from the main menu."""

    shop_id: int
    viewer: Actor
    t: Translator
    look: Look | None = None
    case: Case | None = None
    """The order's open case for the marketplace's support."""

    @property
    def order_id(self) -> int:
        return self.look.order.id if self.look is not None else 0

    @property
    def opening(self) -> list[Markup]:
        """The order's two lines above every screen."""
        look = self.look
        return [*opening(look.order, look.rules, look.now, look.t), Markup()] if look is not None else []

    def button(self, label: str, do: GuideDo, key: str = "", page: int = 0) -> InlineKeyboardButton:
        """A button of this guide, with its label cut to fit a phone."""
        data = GuideTap(do=do, shop=self.shop_id, order=self.order_id, key=key, page=page).pack()
        return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def guide_list(view: GuideView, entries: Sequence[Entry], page: int = 0) -> Screen:
    """A page of situations; `entries` are sorted with those first that fit the order."""
    t, pages = view.t, max(1, -(-len(entries) // PER_PAGE))
    here = entries[page % pages * PER_PAGE :][:PER_PAGE]
    rows: list[Row] = [[_choice(view, entry)] for entry in here]
    if pages > 1:
        rows.append([view.button(t.plain("guide-others"), GuideDo.LIST, page=(page + 1) % pages)])
    if view.look is not None:
        rows.append([view.button(t.plain("guide-do-suggest"), GuideDo.SUGGEST)])
        rows.append([tap(view.look.order, Do.CARD, t)])
    else:
        is_director = may(view.viewer, Act.EDIT_GUIDE, view.shop_id)
        if view.viewer.role is not Role.COURIER:
            rows.append([view.button(t.plain("guide-do-cases"), GuideDo.CASES)])
        change = GuideDo.BOOK if is_director else GuideDo.SUGGEST
        rows.append([view.button(t.plain(f"guide-do-{change.name.lower()}"), change)])
    asked = t("guide-ask") if here else t("guide-empty")
    return Screen(str(fit_lines([*view.opening, asked])), keyboard(rows))


def situation(view: GuideView, entry: Entry) -> Screen:
    """What to do now, what was already done, and the buttons for it."""
    t, look = view.t, view.look
    lines = [*view.opening, t("guide-title", title=title_of(entry, t)), *text_of(entry, t)]
    if look is not None:
        was_done = [_ticked(one, look) for one in done(entry.situation, look.order)]
        was_done += _told(view.case, entry, look)
        lines += [Markup(), *was_done] if was_done else []
    help_ = aid_buttons(entry, view.shop_id, view.viewer, look, t, view.case)
    rows = [help_[:1], *pairs(help_[1:])]
    back = view.button(t.plain("guide-back"), GuideDo.LIST)
    return Screen(str(fit_lines(lines)), keyboard([*rows, [back]]))


def title_of(entry: Entry, t: Translator) -> str:
    """The shop's own title, or the built-in one in the reader's language."""
    if entry.title or entry.situation is None:
        return clean(entry.title, limits.BUTTON)
    return t.plain(f"guide-title-{entry.situation.value}")


def text_of(entry: Entry, t: Translator) -> list[Markup]:
    """The lines of the shop's own text, or of the built-in one."""
    if entry.words or entry.situation is None:
        written = [clean(line, LONGEST_LINE) for line in entry.words.splitlines()]
    else:
        written = t.plain(f"guide-text-{entry.situation.value}").splitlines()
    return [t("guide-line", text=line) for line in written if line][:MOST_LINES]


def _choice(view: GuideView, entry: Entry) -> InlineKeyboardButton:
    look, label = view.look, title_of(entry, view.t)
    if look is not None and fits(entry, look.order, look.now, look.rules) is Fit.PRESSING:
        label = view.t.plain("guide-pressing", title=label)
    return view.button(label, GuideDo.OPEN, entry.key)


def _told(case: Case | None, entry: Entry, look: Look) -> list[Markup]:
    """When and by whom support was told about this situation."""
    if case is None or case.sent is None or entry.key not in {one.key for one in case.matters}:
        return []
    if entry.key in {one.key for one in case.unsaid}:
        return []
    what = look.t("guide-done-support")
    return [look.t("guide-done-signed", what=what, signed=look.signed(case.sent.mark))]


def _ticked(one: Done, look: Look) -> Markup:
    what = look.t(f"guide-done-{one.fact.value}")
    if one.mark is None:
        return look.t("guide-done", what=what)
    return look.t("guide-done-signed", what=what, signed=look.signed(one.mark))
