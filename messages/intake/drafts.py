"""Screens of an order that is being written down; each leads back to the draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.drafts import DraftDo, DraftTap
from messages.callbacks.order import Do, Tap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied, fit, fit_lines
from messages.intake.draft_fields import DraftLook
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.formatting import sentence, span
from messages.ui.heading import STATE_SIGNS
from messages.ui.screen import Screen
from orders.client.agreements import open_one
from orders.intake.merge import conflicts
from orders.model.details import Details
from orders.model.draft import Draft, Field
from orders.model.order import Order
from orders.steps.filling import filled, to_ask
from orders.steps.wishes.proposing import proposal

FIRST = (Field.WINDOW, Field.ADDRESS, Field.GOODS, Field.RECIPIENT, Field.PAID)
REST = (
    Field.NUMBER,
    Field.CLIENT,
    Field.CARD_TEXT,
    Field.CLIENT_NOTE,
    Field.SHOP_NOTE,
    Field.COURIER_NOTE,
)
MOST_CHOICES = 5
"""Differences to choose from on one screen: with the navigation there are eight buttons."""
MOST_LISTED = 7
_LABEL = 30
ANYWAY = "anyway"
"""The argument of «Сохранить» after the question about the time was answered."""
_WITH_ANSWERS = {Field.WINDOW.value, "clock", Field.ADDRESS.value}


def draft_screen(look: DraftLook, known: Order | None) -> Screen:
    """All fields; the missing ones are marked, each can be filled in by one tap."""
    draft, t = look.draft, look.t
    first = _button(t.plain("draft-button-save"), DraftDo.SAVE, draft)
    if known is not None:
        label = t.plain("draft-button-known", number=clean(known.number, limits.NUMBER))
        first = _button(label, DraftDo.OPEN, draft)
    fields = [_ask(look, field) for field in FIRST]
    fields.append(_button(t.plain("draft-button-more"), DraftDo.MORE, draft))
    if draft.windows:  # one question at a time: a screen has room for eight buttons
        fields = [_other_time(look), fields[-1]]
    rows = [*_windows(look), [first], *_pairs(fields)]
    rows.append([_button(t.plain("draft-button-delete"), DraftDo.DELETE, draft)])
    advice = t("draft-which-time") if draft.windows else t("draft-advice")
    return _screen([look.title(), *look.lines(), Markup(), advice], rows)


def when_screen(look: DraftLook, then: DraftDo = DraftDo.SAVE) -> Screen:
    """Asked before saving or merging (`then`): the time is past or ambiguous.

    Before a question to the client there is no "save anyway": a past time cannot be proposed.
    """
    draft, t = look.draft, look.t
    is_over = draft.details.window is not None
    said = look.value(draft.details, Field.WINDOW) if is_over else Markup()
    lines = [look.title(), t("draft-time-over", said=said) if is_over else t("draft-which-time")]
    save = _button(
        t.plain("draft-button-save-so" if is_over else "draft-button-save-timeless"),
        then,
        draft,
        ANYWAY,
    )
    on = [] if then is DraftDo.ASK_CLIENT else [[save]]
    return _screen(lines, [*_windows(look), [_other_time(look)], *on, [_back(draft, t)]])


def _windows(look: DraftLook) -> list[Row]:
    """A button for each possible window."""
    labels = [span(one, look.now, look.rules.zone, look.t) for one in look.draft.windows]
    return [
        [_button(sentence(label).unescape(), DraftDo.WINDOW, look.draft, str(place))]
        for place, label in enumerate(labels)
    ]


def more_screen(look: DraftLook) -> Screen:
    """The same with the buttons of rarer fields."""
    draft, t = look.draft, look.t
    turn = "draft-button-courier" if draft.is_pickup else "draft-button-pickup"
    buttons = [_ask(look, field) for field in _rest(draft)]
    buttons.append(_button(t.plain(turn), DraftDo.TURN, draft))
    return _screen([look.title(), *look.lines()], [*_pairs(buttons), [_back(draft, t)]])


def _rest(draft: Draft) -> list[Field]:
    """A payment note replaces the shop's empty note: there are eight buttons."""
    if not draft.knows(Field.PAYMENT_NOTE):
        return list(REST)
    return [Field.PAYMENT_NOTE if field is Field.SHOP_NOTE else field for field in REST]


def _other_time(look: DraftLook) -> InlineKeyboardButton:
    return _button(look.t.plain("draft-button-other-time"), DraftDo.ASK, look.draft, Field.WINDOW.value)


def question(look: DraftLook, field: Field, ask: str, *, is_step: bool) -> Screen:
    """The question about a field, its present value, and answers that need no typing.

    `ask` is the field's name, or "clock" if only the hours of a window are missing.
    """
    draft, t = look.draft, look.t
    lines = [look.title(), t(f"draft-ask-{ask}")]
    answers = ready_answers(ask, t)
    if is_step and draft.is_empty:
        lines.append(t("draft-ask-whole"))
    if draft.knows(field):
        said = look.title() if field is Field.NUMBER else look.value(draft.details, field)
        lines += [t("draft-now", value=said)] if said else []
    ready = [_button(words, DraftDo.ANSWER, draft, str(place)) for place, words in enumerate(answers)]
    rows = _pairs(ready)
    if field is Field.WINDOW and draft.windows:
        lines.append(t("draft-which-time"))
        rows = _windows(look)
    out = [_back(draft, t)]
    if is_step:
        out.append(_button(t.plain("draft-button-skip"), DraftDo.SKIP, draft))
    elif draft.knows(field):
        out.append(_button(t.plain("draft-button-clear"), DraftDo.CLEAR, draft))
    return _screen(lines, [*rows, out])


def ready_answers(ask: str, t: Translator) -> list[str]:
    """Answers that need no typing: one line each in the texts, parsed like typed words."""
    return t.plain(f"draft-answers-{ask}").splitlines() if ask in _WITH_ANSWERS else []


def known_screen(look: DraftLook, order: Order) -> Screen:
    """An order with this number exists: what is filled in at once, asked of the client, or chosen."""
    draft, t = look.draft, look.t
    said = replace(draft.details, written="")
    asked = to_ask(order, said)
    differing = [field for field in conflicts(order.details, said) if field not in asked]
    number = clean(order.number, limits.NUMBER)
    state = t(f"state-{order.status.value}")
    lines = [t("draft-known", sign=STATE_SIGNS[order.status], number=number, state=state)]
    gained = _gained(look, order, said)
    if gained:
        lines.append(t("draft-takes", labels=", ".join(gained)))
    lines += [_difference(look, order, field) for field in differing]
    lines += [t("draft-asks", difference=_difference(look, order, field)) for field in asked]
    choices = [[_question(look, order, field)] for field in asked]
    choices += [[_choice(look, field)] for field in differing]
    if len(choices) > MOST_CHOICES:
        lines.append(t("draft-rest-stays"))
    lines.append(_advice(look, is_asked=bool(asked), gains=filled(order, said) != order.details))
    rows = [
        [_button(t.plain("draft-button-merge", number=number), DraftDo.MERGE, draft)],
        *choices[:MOST_CHOICES],
        [_open(order, t), _button(t.plain("draft-button-edit"), DraftDo.EDIT, draft)],
    ]
    return _screen(lines, rows)


def by_hand_screen(look: DraftLook, order: Order, field: Field) -> Screen:
    """The question for the marketplace's chat about something that only the client can change there."""
    draft, t = look.draft, look.t
    number = clean(order.number, limits.NUMBER)
    value = look.value(draft.details, field).unescape()
    words = t.plain("client-asked-other", number=number, label=look.label(field), value=value)
    lines = [
        t("draft-asks", difference=_difference(look, order, field)),
        Markup(),
        t("agreement-copy"),
        copied(f"{words} {t.plain('client-please-write')}"),
        Markup(),
        t("draft-asked-by-hand"),
    ]
    back = _button(t.plain("draft-button-back"), DraftDo.OPEN, draft)
    return _screen(lines, [[back]])


def _gained(look: DraftLook, order: Order, said: Details) -> list[str]:
    """The labels of the fields that are filled in at once."""
    after = filled(order, said)
    names = {Field.GOODS: "lines"}
    changed = [
        look.label(field)
        for field in Field
        if field is not Field.NUMBER
        and getattr(after, names.get(field, field.value))
        != getattr(order.details, names.get(field, field.value))
    ]
    papers = len(after.papers) - len(order.details.papers)
    return [*changed, look.t.plain("draft-papers", count=papers)] if papers else changed


def _advice(look: DraftLook, *, is_asked: bool, gains: bool) -> Markup:
    if is_asked:
        return look.t("draft-known-asks")
    return look.t("draft-known-gains" if gains else "draft-known-nothing")


def _question(look: DraftLook, order: Order, field: Field) -> InlineKeyboardButton:
    """The button to the question; if the client was already asked, its label says so."""
    asked = proposal(order, look.draft.details, field, look.rules.zone)
    is_open = asked is not None and open_one(order, asked.topic) is not None
    key = "draft-button-asked" if is_open else "draft-button-ask"
    label = look.t.plain(key, label=look.label(field))
    return _button(label, DraftDo.ASK_CLIENT, look.draft, field.value)


def delete_screen(look: DraftLook) -> Screen:
    """Asks for confirmation: the words cannot be restored."""
    delete = _button(look.t.plain("draft-button-delete-yes"), DraftDo.DELETE_YES, look.draft)
    lines = [look.title(), *look.lines(), Markup(), look.t("draft-delete")]
    rows = [[delete], [_back(look.draft, look.t)]]
    if look.draft.details.papers:
        label = look.t.plain("draft-button-delete-papers")
        rows.insert(1, [_button(label, DraftDo.DELETE_PAPERS, look.draft)])
    return _screen(lines, rows)


def waiting_screen(looks: Sequence[DraftLook], t: Translator) -> Screen:
    """Unfinished drafts, each a button, and a button for a new one."""
    rows = [[_button(_summary(look), DraftDo.OPEN, look.draft)] for look in looks[:MOST_LISTED]]
    new = DraftTap(do=DraftDo.NEW).pack()
    rows.append([InlineKeyboardButton(text=t.plain("draft-button-new"), callback_data=new)])
    lines = [t("draft-waiting", count=len(looks))]
    if len(looks) > MOST_LISTED:
        lines.append(t("draft-waiting-first", count=MOST_LISTED))
    return _screen(lines, rows)


def is_it_screen(open_draft: int, t: Translator) -> Screen:
    """Asks whether a text is an order, or belongs to the open draft."""
    taps = [("draft-button-read", DraftTap(do=DraftDo.READ))]
    if open_draft:
        taps.append(("draft-button-add", DraftTap(do=DraftDo.READ, draft=open_draft)))
    taps.append(("draft-button-no-order", DraftTap(do=DraftDo.NO_ORDER)))
    rows = [[InlineKeyboardButton(text=t.plain(key), callback_data=tap.pack())] for key, tap in taps]
    return _screen([t("draft-is-it")], rows)


def entry_button(waiting: int, t: Translator) -> InlineKeyboardButton:
    """The button to enter an order by hand, with the number of unfinished drafts."""
    label = t.plain("draft-button-waiting", count=waiting) if waiting else t.plain("draft-button-new")
    return InlineKeyboardButton(text=label, callback_data=DraftTap(do=DraftDo.LIST).pack())


def _summary(look: DraftLook) -> str:
    """«25836184 · сегодня 14:00-15:00 · Пионы»: distinguishes the drafts of a list."""
    draft = look.draft
    known = [
        field for field in (Field.WINDOW, Field.GOODS, Field.ADDRESS, Field.CLIENT) if draft.knows(field)
    ]
    parts = [
        clean(draft.number, limits.NUMBER),
        *(look.value(draft.details, field).unescape() for field in known),
    ]
    return " · ".join(filter(None, parts)) or look.t.plain("draft-unnumbered")


def _difference(look: DraftLook, order: Order, field: Field) -> Markup:
    recipient = replace(order.details.recipient, phone="")  # hidden until its time (R68)
    old = look.value(replace(order.details, recipient=recipient), field) or look.t("phone-hidden")
    new = look.value(look.draft.details, field) or look.t("change-nothing")
    return look.t("draft-differs", label=look.label(field), old=old, new=new)


def _choice(look: DraftLook, field: Field) -> InlineKeyboardButton:
    key = "draft-button-taken" if field in look.draft.taken else "draft-button-left"
    return _button(look.t.plain(key, label=look.label(field)), DraftDo.TAKE, look.draft, field.value)


def _ask(look: DraftLook, field: Field) -> InlineKeyboardButton:
    return _button(fit(look.label(field), _LABEL), DraftDo.ASK, look.draft, field.value)


def _open(order: Order, t: Translator) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=t.plain("do-open"), callback_data=Tap(do=Do.OPEN, order=order.id).pack())


def _back(draft: Draft, t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("draft-button-back"), DraftDo.EDIT, draft)


def _button(label: str, do: DraftDo, draft: Draft, arg: str = "") -> InlineKeyboardButton:
    data = DraftTap(do=do, draft=draft.id, arg=arg).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def _pairs(buttons: Sequence[InlineKeyboardButton]) -> list[Row]:
    return [list(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def _screen(lines: Sequence[Markup], rows: list[Row]) -> Screen:
    return Screen(str(fit_lines(lines)), keyboard(rows))
