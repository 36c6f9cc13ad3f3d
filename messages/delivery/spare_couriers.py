"""Spare couriers: calling them one after another for an order, and their list (R89)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.delivery import SpareDo, SpareListDo, SpareListTap, SpareTap
from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, tap
from messages.ui.heading import opening
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.delivery.spare_couriers import SpareCourier, next_to_call
from orders.model.delivery_facts import CallAnswer
from orders.model.order import Order

MOST_SPARES = 7
"""With the button to add one there are eight; nobody calls more couriers for one order."""


def calling(look: Look, spares: Sequence[SpareCourier], spare: SpareCourier | None) -> Screen:
    """Whom to call now, and what others said; or that all have been called."""
    order, t = look.order, look.t
    whom = _to_call(spare, t) if spare else [t("spare-all-called" if spares else _empty(look))]
    lines = [*opening(order, look.rules, look.now, t), Markup(), *whom, *_said(look)]
    rows: list[Row] = _answers(order, spare, t) if spare else []
    follower = next_to_call(spares, order.calls, spare.id if spare else 0)
    if spare and follower:
        rows.append([_tap("spare-next", SpareDo.SHOW, order, t, follower.id)])
    if spares and not spare:
        rows.append([_tap("spare-again", SpareDo.SHOW, order, t, spares[0].id)])
    if look.is_chief:
        rows.append([_list_tap("spare-list", SpareListDo.SHOW, t)])
    return Screen(str(fit_lines(lines)), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def spare_list(spares: Sequence[SpareCourier], t: Translator) -> Screen:
    """The list of couriers in the order in which the shop calls them."""
    lines = [t("spare-title", count=len(spares))]
    lines += [_entry(spare, t) for spare in spares]
    if not spares:
        lines.append(t("spare-list-empty"))
    rows = [[_list_tap("spare-name", SpareListDo.OPEN, t, spare.id, spare.name)] for spare in spares]
    if len(spares) < MOST_SPARES:
        rows.append([_list_tap("spare-add", SpareListDo.ADD, t)])
    else:
        lines.append(t("spare-list-full", count=MOST_SPARES))
    return Screen(str(fit_lines(lines)), keyboard(rows))


def one_spare(spare: SpareCourier, t: Translator) -> Screen:
    """One courier of the list, with the button to remove them."""
    rows = [
        [_list_tap("spare-remove", SpareListDo.REMOVE, t, spare.id)],
        [_list_tap("spare-back", SpareListDo.SHOW, t)],
    ]
    return Screen(str(_entry(spare, t)), keyboard(rows))


def spare_button(order: Order, t: Translator) -> InlineKeyboardButton:
    """Opens the spare couriers from the choice of couriers."""
    return _tap("spare-couriers", SpareDo.SHOW, order, t)


def _empty(look: Look) -> str:
    return "spare-none-yours" if look.is_chief else "spare-none"


def _to_call(spare: SpareCourier, t: Translator) -> list[Markup]:
    return [t("spare-call"), _entry(spare, t), t("spare-shop-answers")]


def _entry(spare: SpareCourier, t: Translator) -> Markup:
    line = t("spare-line", name=person_name(spare.name, t), phone=clean(spare.phone, limits.PHONE))
    note = clean(spare.note, limits.REASON)
    return t("noted", text=line, note=note) if note else line


def _said(look: Look) -> list[Markup]:
    """Who was called for the order before, and their answers."""
    lines: Iterable[Markup] = (
        look.t(
            f"call-{call.answer.value.replace('_', '-')}",
            name=person_name(call.name, look.t),
            signed=look.signed(call.noted),
        )
        for call in look.order.calls[-MOST_SPARES:]
        if call.answer is not CallAnswer.ON_THE_WAY
    )
    found = list(lines)
    return [Markup(), *found] if found else []


def _answers(order: Order, spare: SpareCourier, t: Translator) -> list[Row]:
    return [
        [_tap("spare-comes", SpareDo.COMES, order, t, spare.id)],
        [
            _tap("spare-cannot", SpareDo.CANNOT, order, t, spare.id),
            _tap("spare-no-answer", SpareDo.NO_ANSWER, order, t, spare.id),
        ],
    ]


def _tap(key: str, do: SpareDo, order: Order, t: Translator, spare: int = 0) -> InlineKeyboardButton:
    data = SpareTap(do=do, order=order.id, spare=spare).pack()
    return InlineKeyboardButton(text=t.plain(key), callback_data=data)


def _list_tap(
    key: str, do: SpareListDo, t: Translator, spare: int = 0, name: str = ""
) -> InlineKeyboardButton:
    label = fit(t.plain(key, name=person_name(name, t, limits.BUTTON)), limits.BUTTON)
    return InlineKeyboardButton(text=label, callback_data=SpareListTap(do=do, spare=spare).pack())
