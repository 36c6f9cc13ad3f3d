"""Cases for the marketplace's support: one case, and the list of open ones (R92-R94)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.callbacks.support import GuideDo, GuideTap
from messages.client.ready_texts import copy_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied, fit, fit_lines
from messages.support.compensations import claim_button, months_button
from messages.support.guide import GuideView
from messages.support.to_support import support_message
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, labelled, pairs, tap
from messages.ui.formatting import moment
from messages.ui.heading import number
from messages.ui.order_view import Look
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.rules import ShopRules
from orders.support.cases import Case, CaseNote, Matter, held_until
from orders.support.compensation import may_claim
from orders.support.guide import Entry, Situation

MOST_LISTED = 6


def words_to_send(case: Case, look: Look) -> str:
    """What support must still be told, as one message; if everything was sent, asks for the answer."""
    order, t = look.order, look.t
    sent = case.sent
    if sent is not None and not case.unsaid:
        when = moment(sent.mark.at, look.now, look.rules.zone, t).unescape()
        return t.plain("support-again", number=number(order), when=when)
    entries = [_entry(one) for one in case.unsaid]
    return support_message(order, entries, look.rules, look.now, t)


def case_screen(view: GuideView, case: Case) -> Screen:
    """The matters, what was sent and answered, and the next step."""
    look, t = view.look, view.t
    if look is None:
        raise ValueError("a case is read beside its order")
    until = held_until(case, look.now, look.rules)
    lines = [*view.opening, t("case-title"), *(t("guide-line", text=one.title) for one in case.matters)]
    lines += [_noted(note, look) for note in case.notes[-4:]]
    lines.append(t("case-come-back", when=moment(case.come_back_at, look.now, look.rules.zone, t)))
    rows: list[Row] = []
    if until is not None:
        lines += [Markup(), t("case-pause", clock=moment(until, look.now, look.rules.zone, t))]
    else:
        words = words_to_send(case, look)
        lines += [Markup(), t("support-copy-once"), copied(words)]
        rows = [copy_button(words, t), [view.button(t.plain("case-do-sent"), GuideDo.SENT)]]
    days = [
        view.button(t.plain("case-do-later", days=one), GuideDo.LATER, page=one)
        for one in look.rules.come_back_days
    ]
    picture = case.answer is not None and bool(case.answer.file_id)
    answer = [view.button(t.plain("case-do-answer"), GuideDo.ANSWER)]
    if picture:
        answer.append(view.button(t.plain("case-do-picture"), GuideDo.PICTURE))
    rows += [
        *pairs([*answer, *days, view.button(t.plain("case-do-close"), GuideDo.CLOSE), *_claim(look)]),
        [tap(look.order, Do.CARD, t)],
    ]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def closed_case(view: GuideView, case: Case) -> Screen:
    """A closed case: everything sent and answered, and the result."""
    look, t = view.look, view.t
    if look is None:
        raise ValueError("a case is read beside its order")
    lines = [
        *view.opening,
        t("case-title-closed"),
        *(t("guide-line", text=one.title) for one in case.matters),
    ]
    lines += [_noted(note, look) for note in case.notes]
    picture = [view.button(t.plain("case-do-picture"), GuideDo.PICTURE, str(case.id))]
    has_picture = case.answer is not None and bool(case.answer.file_id)
    proof = labelled(t.plain("claim-do-file"), look.order, Do.HISTORY_FILE)
    files = [*([proof] if look.is_chief else []), *(picture if has_picture else [])]
    to_list = view.button(t.plain("cases-to-closed"), GuideDo.OVER)
    rows = [*pairs([*files, *_claim(look)]), [to_list, tap(look.order, Do.CARD, t)]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def closed_list(
    shop_id: int,
    found: Sequence[tuple[Case, Order]],
    page: int,
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """A page of closed cases, the newest first; an extra case in `found` means that more pages follow."""
    here = found[:MOST_LISTED]
    lines = [t("cases-closed-title"), *([] if here else [t("cases-closed-none")])]
    lines += [_closed(case, order, rules, now, t) for case, order in here]
    rows: list[Row] = [[_past(shop_id, case, order, t)] for case, order in here]
    turns = [_list(shop_id, t.plain("board-previous"), GuideDo.OVER, page - 1)] if page else []
    if len(found) > MOST_LISTED:
        turns.append(_list(shop_id, t.plain("board-next"), GuideDo.OVER, page + 1))
    rows += [turns, [_list(shop_id, t.plain("claims-to-cases"), GuideDo.CASES)]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def _closed(case: Case, order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    titles = clean(", ".join(clean(one.title, limits.BUTTON) for one in case.matters), limits.NOTE)
    last = case.notes[-1] if case.notes else None
    when = moment(last.mark.at, now, rules.zone, t) if last is not None else Markup()
    result = clean(last.words, limits.REASON) if last is not None else ""
    return t("cases-closed-line", number=number(order), titles=titles, when=when, result=result)


def _past(shop_id: int, case: Case, order: Order, t: Translator) -> InlineKeyboardButton:
    data = GuideTap(do=GuideDo.PAST, shop=shop_id, order=order.id, key=str(case.id)).pack()
    label = t.plain("case-open", number=number(order))
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def _list(shop_id: int, label: str, do: GuideDo, page: int = 0) -> InlineKeyboardButton:
    data = GuideTap(do=do, shop=shop_id, page=page).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def _claim(look: Look) -> Row:
    is_for_them = may_claim(look.order, look.viewer)
    return [claim_button(look.order.shop_id, look.order.id, look.t)] if is_for_them else []


def self_first(view: GuideView) -> Screen:
    """Warning before the shop delivers itself untold: a second courier may come (R87)."""
    look, t = view.look, view.t
    if look is None:
        raise ValueError("this is asked about an order")
    key = Situation.NO_COURIER.value
    rows = [
        [view.button(t.plain("guide-do-support"), GuideDo.SUPPORT, key)],
        [_labelled_self(look)],
        [view.button(t.plain("guide-back-one"), GuideDo.OPEN, key)],
    ]
    return Screen(str(fit_lines([*view.opening, t("case-two-couriers")])), keyboard(rows))


def case_list(
    shop_id: int,
    found: Sequence[tuple[Case, Order]],
    viewer: Actor,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    page: int = 0,
) -> Screen:
    """«Открытые обращения», page by page, the earliest promised date first (R93)."""
    pages = max(1, -(-len(found) // MOST_LISTED))
    page = min(page, pages - 1)
    here = found[page * MOST_LISTED :][:MOST_LISTED]
    lines = [t("cases-title", count=len(found))] if found else [t("cases-none")]
    lines += [_listed(case, order, rules, now, t) for case, order in here]
    turns = [_list(shop_id, t.plain("board-previous"), GuideDo.CASES, page - 1)] if page else []
    if page + 1 < pages:
        turns.append(_list(shop_id, t.plain("board-next"), GuideDo.CASES, page + 1))
    rows = [*([_open(shop_id, order, t)] for _, order in here), *([turns] if turns else [])]
    rows.append([_list(shop_id, t.plain("cases-to-closed"), GuideDo.OVER)])
    if may(viewer, Act.SEE_MONEY, shop_id):
        rows.append([months_button(shop_id, t)])
    if viewer.shop_id == shop_id:
        data = GuideTap(do=GuideDo.LIST, shop=shop_id).pack()
        rows.append([InlineKeyboardButton(text=t.plain("guide-back-list"), callback_data=data)])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def _labelled_self(look: Look) -> InlineKeyboardButton:
    return tap(look.order, Do.SELF, look.t).model_copy(update={"text": look.t.plain("case-do-self-anyway")})


def _listed(case: Case, order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    titles = ", ".join(clean(one.title, limits.BUTTON) for one in case.matters)
    state = "case-state-answered" if case.answer else "case-state-sent" if case.sent else "case-state-draft"
    when = moment(case.come_back_at, now, rules.zone, t)
    return t("case-line", number=number(order), titles=clean(titles, limits.NOTE), state=t(state), when=when)


def _open(shop_id: int, order: Order, t: Translator) -> InlineKeyboardButton:
    data = GuideTap(do=GuideDo.CASE, shop=shop_id, order=order.id).pack()
    return InlineKeyboardButton(
        text=fit(t.plain("case-open", number=number(order)), limits.BUTTON), callback_data=data
    )


def _noted(note: CaseNote, look: Look) -> Markup:
    words = clean(note.words, limits.TALK_LINE)
    said = look.t("said", text=words) if words else look.t("case-picture")
    by = signed(note.mark, look.rules, look.now, look.t)
    return look.t(f"case-note-{note.kind.value}", signed=by, words=said)


def _entry(matter: Matter) -> Entry:
    situation = Situation(matter.key) if matter.key in set(Situation) else None
    return Entry(matter.key, situation, matter.title, to_support=matter.words)
