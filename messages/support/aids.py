"""The buttons below a situation of the guide: the bot's own steps and pages, if they apply."""

from __future__ import annotations

from collections.abc import Mapping

from aiogram.types import InlineKeyboardButton

from messages.callbacks.agreements import AgreementDo, AgreementTap
from messages.callbacks.client import TalkDo
from messages.callbacks.delivery import SpareListDo, SpareListTap
from messages.callbacks.drafts import DraftDo, DraftTap
from messages.callbacks.order import Do
from messages.callbacks.support import GuideDo, GuideTap
from messages.client.contact import talk_button
from messages.delivery.spare_couriers import spare_button
from messages.i18n.texts import Translator
from messages.support.branded import branded_button
from messages.ui.available_actions import offered
from messages.ui.buttons import tap
from messages.ui.order_view import Look
from orders.access.roles import Act, may
from orders.client.agreements import askable
from orders.client.links import may_contact
from orders.model.order import Topic
from orders.model.people import Actor
from orders.support.cases import Case, told_no_courier
from orders.support.guide import Aid, Entry, Situation, aids, may_tell_support

MOST_AIDS = 7
"""With the way back there are eight buttons."""

_STEPS: Mapping[Aid, Do] = {
    Aid.CONTACT: Do.CONTACT,
    Aid.ACCEPT: Do.ACCEPT,
    Aid.ASSIGN: Do.ASSIGN,
    Aid.PHOTO: Do.PHOTO,
    Aid.IN_APP: Do.IN_APP,
    Aid.SELF: Do.SELF,
    Aid.COURIERS: Do.FIND_COURIER,
    Aid.SEARCH: Do.SEARCH,
    Aid.CALLED_OFF: Do.CALLED_OFF,
    Aid.CAME: Do.CAME,
    Aid.COST: Do.COST,
    Aid.ADDRESS: Do.ADDRESS,
    Aid.ADDRESS_IS: Do.ADDRESS_IS,
    Aid.ASK_PHONE: Do.ASK_PHONE,
    Aid.PHONE_SAID: Do.PHONE_SAID,
    Aid.ARRIVED: Do.ARRIVED,
    Aid.NOBODY: Do.NOBODY,
    Aid.REFUSED: Do.REFUSED,
    Aid.BACK: Do.BACK,
    Aid.IN_SHOP: Do.IN_SHOP,
    Aid.REDISPATCH: Do.REDISPATCH,
    Aid.CANCEL: Do.CANCEL,
    Aid.DECLINE: Do.DECLINE,
    Aid.CLAIM: Do.CLAIM,
    Aid.GIFT: Do.GIFT,
    Aid.ANY_CARD: Do.ANY_CARD,
    Aid.DISPUTE: Do.DISPUTE,
    Aid.PROOF: Do.HISTORY_FILE,
    Aid.DISPUTE_SENT: Do.DISPUTE_SENT,
    Aid.DISPUTE_OVER: Do.DISPUTE_OVER,
}
_QUESTIONS: Mapping[Aid, Topic] = {
    Aid.SUBSTITUTION: Topic.SUBSTITUTION,
    Aid.POSTPONE: Topic.WINDOW,
    Aid.SURCHARGE: Topic.SURCHARGE,
    Aid.THIRD_PERSON: Topic.THIRD_PERSON,
}


def aid_buttons(
    entry: Entry,
    shop_id: int,
    viewer: Actor,
    look: Look | None,
    t: Translator,
    case: Case | None = None,
) -> list[InlineKeyboardButton]:
    """The buttons that this person may use now, without any that would be refused."""
    found = [_of_shop(aid, entry, shop_id, viewer, look, t) for aid in aids(entry.situation)]
    if look is not None:
        can = offered(look.order, viewer, look.rules, look.now)
        topics = askable(look.order, viewer)
        of_order = [_of_order(aid, entry, shop_id, look, can, topics) for aid in aids(entry.situation)]
        found = [one or other for one, other in zip(found, of_order, strict=True)]
        search = look.order.progress.search
        asked_by_rules = search is not None and search.is_on
        if entry.situation is Situation.NO_COURIER and not asked_by_rules and told_no_courier(case) is None:
            found = [_asked_first(button, shop_id, look) for button in found]
    pairs = zip(aids(entry.situation), found, strict=True)
    shown = [(aid, button) for aid, button in pairs if button is not None]
    if entry.key not in _told(case):
        return [button for _, button in shown][:MOST_AIDS]
    support = [button for aid, button in shown if aid is Aid.SUPPORT]
    others = [button for aid, button in shown if aid is not Aid.SUPPORT]  # the next step comes first
    return [*others[: MOST_AIDS - len(support)], *support]


def _told(case: Case | None) -> set[str]:
    """The keys of the matters that support was already told."""
    if case is None or case.sent is None:
        return set()
    return {one.key for one in case.matters} - {one.key for one in case.unsaid}


def _of_shop(
    aid: Aid, entry: Entry, shop_id: int, viewer: Actor, look: Look | None, t: Translator
) -> InlineKeyboardButton | None:
    """The buttons that do not need an order."""
    order_id = look.order.id if look is not None else 0
    if aid is Aid.SHOP and may(viewer, Act.SEE_GOODS, shop_id):
        data = GuideTap(do=GuideDo.SHOP, shop=shop_id, order=order_id, key=entry.key).pack()
        return InlineKeyboardButton(text=t.plain("guide-do-shop"), callback_data=data)
    if aid is Aid.BRANDED and may(viewer, Act.SEE_MONEY, shop_id):
        return branded_button(shop_id, t)
    if aid is Aid.NEW_ORDER and may(viewer, Act.ENTER_ORDERS, shop_id):
        data = DraftTap(do=DraftDo.LIST).pack()
        return InlineKeyboardButton(text=t.plain("guide-do-new-order"), callback_data=data)
    if aid is Aid.SPARE and look is None and may(viewer, Act.KEEP_SPARE_COURIERS, shop_id):
        data = SpareListTap(do=SpareListDo.SHOW).pack()
        return InlineKeyboardButton(text=t.plain("spare-list"), callback_data=data)
    return None


def _of_order(
    aid: Aid, entry: Entry, shop_id: int, look: Look, can: frozenset[Do], topics: tuple[Topic, ...]
) -> InlineKeyboardButton | None:
    order, t = look.order, look.t
    step, topic = _STEPS.get(aid), _QUESTIONS.get(aid)
    if step is not None:
        return tap(order, step, t) if step in can else None
    if topic is not None:
        return _question(topic, look) if topic in topics else None
    if aid is Aid.SPARE:
        return spare_button(order, t) if Do.THIRD_PARTY in can else None
    if aid in {Aid.READY_TEXTS, Aid.LINK} and may_contact(order, look.viewer):
        return talk_button(order, TalkDo.READY if aid is Aid.READY_TEXTS else TalkDo.LINK, t)
    if aid is Aid.SUPPORT and may_tell_support(order, look.viewer):
        data = GuideTap(do=GuideDo.SUPPORT, shop=shop_id, order=order.id, key=entry.key).pack()
        return InlineKeyboardButton(text=t.plain("guide-do-support"), callback_data=data)
    return None


def _asked_first(
    button: InlineKeyboardButton | None, shop_id: int, look: Look
) -> InlineKeyboardButton | None:
    """Ask first if support was not told: a second courier may come (R87)."""
    if button is None or button != tap(look.order, Do.SELF, look.t):
        return button
    if not may_tell_support(look.order, look.viewer):
        return button
    data = GuideTap(do=GuideDo.ALONE, shop=shop_id, order=look.order.id).pack()
    return button.model_copy(update={"callback_data": data})


def _question(topic: Topic, look: Look) -> InlineKeyboardButton:
    do = AgreementDo(topic.value)
    data = AgreementTap(do=do, order=look.order.id).pack()
    return InlineKeyboardButton(text=look.t.plain(f"agreement-do-{do.value}"), callback_data=data)
