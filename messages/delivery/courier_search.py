"""The marketplace's courier search: messages while none comes, and when one does (R86, R87)."""

from __future__ import annotations

from datetime import timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.delivery import SpareDo, SpareTap
from messages.callbacks.order import Do
from messages.callbacks.support import GuideDo, GuideTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.buttons import tap
from messages.ui.formatting import duration
from messages.ui.names import person_name
from messages.ui.order_view import Look
from orders.access.privacy import Secret
from orders.delivery.courier_search import NextStep, Stage, is_waiting, next_step, support_told
from orders.model.delivery_facts import SecondCourier
from orders.model.order import Order
from orders.support.guide import Situation

SEARCH_STEPS = (Do.SEARCH, Do.CAME, Do.CALLED_OFF, Do.COST)
"""Steps of the marketplace's search, offered where a courier is chosen."""

_STEPS: dict[Stage, tuple[Do, ...]] = {
    Stage.SUPPORT: (Do.CAME, Do.FIND_COURIER),
    Stage.SPARE: (Do.CAME, Do.FIND_COURIER, Do.CALLED_OFF),
    Stage.SELF: (Do.SELF, Do.THIRD_PARTY, Do.FIND_COURIER, Do.CAME, Do.CALLED_OFF),
}


def card_lines(look: Look) -> list[Markup]:
    """Since when the search is on, what support knows, and which of two couriers has to go home."""
    search, second, t = look.order.progress.search, look.order.progress.second, look.t
    if search is None or look.order.is_final:
        return []
    lines = _of_second(second, look) if second is not None else []
    if not search.is_on:
        return lines
    lines.append(t("card-search", signed=look.signed(search.since)))
    told = support_told(look.order)
    if told is not None:
        lines.append(t("card-support-told", signed=look.signed(told)))
    return lines if is_waiting(look.order) else [*lines, t("card-search-two")]


def _of_second(second: SecondCourier, look: Look) -> list[Markup]:
    came = look.signed(second.came)
    lines = [look.t("card-second-theirs", signed=came)]
    if second.name:
        who = person_name(second.name, look.t)
        phone = clean(second.phone, limits.PHONE) if look.may(Secret.ADDRESS) else ""
        called = look.t("joined", first=Markup("{}").format(who), second=phone) if phone else who
        key = "card-second-told" if second.staff_id is not None else "card-second-call"
        lines = [look.t(key, signed=came, name=called)]
    if second.cost and look.may(Secret.MONEY):
        lines.append(look.t("card-second-cost", text=clean(second.cost, limits.REASON)))
    return lines


def advice(look: Look) -> list[Markup]:
    """What to do now: tell support, call the next spare courier, or deliver it yourselves."""
    order, t = look.order, look.t
    step = _next(look)
    lines = []
    if order.progress.search is not None:
        minutes = (look.now - order.progress.search.since.at) // timedelta(minutes=1)
        lines.append(t("advice-search-since", waited=duration(max(minutes, 1), t)))
    if step.stage is Stage.SUPPORT:
        return [*lines, t("advice-search-support")]
    told = support_told(order)
    lines.append(t("card-support-told", signed=look.signed(told)) if told else t("advice-search-untold"))
    if step.spare is not None:
        phone, name = clean(step.spare.phone, limits.PHONE), person_name(step.spare.name, t)
        pause = round(look.rules.spare_minutes)
        return [*lines, t("advice-search-spare", name=name, phone=phone, minutes=pause)]
    called = "advice-search-called" if look.spares else "advice-search-no-spares"
    return [*lines, t(called), *t("advice-search-self").splitlines()]


def buttons(look: Look) -> list[InlineKeyboardButton]:
    """The next step first, if this viewer may take it; the card is always one tap away."""
    step, order, t = _next(look), look.order, look.t
    can = look.steps.open
    rows = [support_button(order, t)] if support_told(order) is None else []
    if step.spare is not None and Do.THIRD_PARTY in can:
        data = SpareTap(do=SpareDo.SHOW, order=order.id, spare=step.spare.id).pack()
        rows.append(InlineKeyboardButton(text=t.plain("do-call-spare"), callback_data=data))
    return [*rows, *(tap(order, do, t) for do in (*_STEPS[step.stage], Do.OPEN) if do in can | {Do.OPEN})]


def support_button(
    order: Order, t: Translator, situation: Situation = Situation.NO_COURIER
) -> InlineKeyboardButton:
    """Opens the order's message for support, with this situation added (by default that no courier comes)."""
    data = GuideTap(do=GuideDo.SUPPORT, shop=order.shop_id, order=order.id, key=situation.value).pack()
    return InlineKeyboardButton(text=t.plain("guide-do-support"), callback_data=data)


def _next(look: Look) -> NextStep:
    return next_step(look.order, look.spares, look.rules, look.now)
