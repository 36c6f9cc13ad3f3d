"""Which buttons are on the card and which in the menu «Ещё…» (X16).

The first button is the viewer's next step. There are at most eight, including «Подробно», «Ещё…» and «Что
делать?» (R72); other steps are in «Ещё…».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import DisabledButton, InlineKeyboardButton

from messages.callbacks.order import Do
from messages.client import agreements
from messages.client.contact import show_photo_button
from messages.delivery import courier_search
from messages.i18n.untrusted_text import fit
from messages.ui import limits
from messages.ui.buttons import Row, map_button, next_first, remove_trial_button, step_button
from messages.ui.order_view import Look
from orders.access.privacy import Secret
from orders.access.roles import Act, may
from orders.client.agreements import on_record, unpaid
from orders.client.links import may_contact
from orders.delivery.address import is_zone_open, lacks_address, needs_extra
from orders.model.details import DeliveryKind
from orders.model.order import CarrierKind, Order, Topic
from orders.model.people import Party, Role
from orders.model.refusals import Reason
from orders.model.status import IN_THE_SHOP, Status
from orders.order.marketplace_backlog import by_hand, lacks_photo_still
from orders.steps.delivery.notes import answers_note
from orders.support.guide import Situation

_BY_STATUS: dict[Status, tuple[Do, ...]] = {
    Status.NEW: (Do.ACCEPT, Do.DECLINE, Do.CONTACT),
    Status.RETURNING: (Do.REDISPATCH, Do.IN_SHOP, Do.FIND_COURIER, Do.CANCEL, Do.CONTACT),
    Status.DONE: (Do.DISPUTE_SENT, Do.DISPUTE_OVER, Do.SHOW_PHOTO, Do.SHOW_PROOF, Do.CONTACT, Do.HISTORY),
    Status.CANCELLED: (Do.STOPPED, Do.HIDE, Do.CONTACT, Do.HISTORY),
    Status.DECLINED: (Do.HIDE, Do.CONTACT, Do.HISTORY),
}
_RARE = (
    Do.ADDRESS,
    Do.CONTACT,
    Do.DONE,
    Do.ON_WAY,
    Do.SAY,
    Do.ASSIGN,
    Do.SHOW_PHOTO,
    Do.SHOW_PROOF,
    Do.LIKED,
    Do.DISLIKED,
    Do.LEFT,
    Do.PICKED_UP,
    Do.THIRD_PARTY,
    Do.SELF,
    Do.FIND_COURIER,
    Do.COURIER_TEXT,
    Do.PHOTO,
    Do.CANNOT,
    Do.PROOF,
    Do.REDISPATCH,
    Do.IN_SHOP,
    Do.IN_APP,
    Do.HIDE,
    Do.UNDO,
    Do.CANCEL,
    Do.HISTORY,
    Do.DECLINE,
    Do.PAPERS,
    Do.GIFT,
    Do.DISPUTE,
    Do.CLAIM,
)
LEAVING = frozenset({Do.SELF, Do.LEFT, Do.PICKED_UP})
_LOCKS = {
    Reason.UNPAID: "locked-unpaid",
    Reason.EXTRA_FIRST: "locked-unpaid",
    Reason.ZONE_OPEN: "locked-zone",
    Reason.IN_DOUBT: "locked-doubt",
}
"""Refusals that keep an order in the shop, with the text that says how to resolve them."""

_OF_COURIERS = (
    Do.STOPPED,
    Do.TAKE,
    Do.LEFT,
    Do.DONE,
    Do.THIRD_PERSON,
    Do.ARRIVED,
    Do.LATE,
    Do.NOBODY,
    Do.SAY,
    Do.BACK,
    Do.REFUSED,
    Do.IN_SHOP,
    Do.PROOF,
    Do.SHOW_WHERE,
    Do.CANNOT,
    Do.UNDO,
)


@dataclass(frozen=True)
class Plan:
    """Steps on the card, and those in «Ещё…».

    `links` are buttons that are not steps of the order; `locked` shows a step that cannot be taken now.
    """

    takes_back: bool
    first: tuple[Do, ...]
    locked: tuple[InlineKeyboardButton, ...]
    links: tuple[InlineKeyboardButton, ...]
    rare: tuple[Do, ...]
    always: tuple[Do, ...]


def plan(look: Look) -> Plan:
    """Put as many offered steps on the card as fit, the others in «Ещё…»."""
    can = look.steps.open
    is_courier = look.viewer.role is Role.COURIER
    left_out = _left_out_for_courier(look) if is_courier else _left_out(look.order)
    takes_back = Do.TAKE_BACK in can
    wanted = _of_courier(look) if is_courier else _wanted(look, can)
    steps = [do for do in dict.fromkeys(wanted) if do in can - left_out]
    links = _courier_links(look) if is_courier else _links(look, steps)
    always = _always(look, can)
    others = () if is_courier else tuple(do for do in _RARE if do in can - left_out)
    locked = _locked(look)
    room = limits.BUTTONS - len(always) - takes_back - len(links) - len(locked) - _removes_trial(look)
    first, rare = _split(steps, others, room)
    if takes_back:  # it is the same as Undo with one tap; show only one
        first = tuple(do for do in first if do is not Do.UNDO)
    return Plan(takes_back, first, locked, links, rare, always)


def _always(look: Look, can: frozenset[Do]) -> tuple[Do, ...]:
    """«Подробно» if there is more to read, and «Что делать?»."""
    on_way_back = look.order.status is Status.RETURNING or look.order.is_offered
    is_all_said = look.viewer.role is Role.COURIER and (on_way_back or not look.may(Secret.ADDRESS))
    return (*(() if is_all_said else (Do.DETAILS,)), *((Do.GUIDE,) if Do.GUIDE in can else ()))


def _split(steps: Sequence[Do], others: Sequence[Do], room: int) -> tuple[tuple[Do, ...], tuple[Do, ...]]:
    """Steps for the card and steps for the menu, whose button takes one place."""
    everything = tuple(dict.fromkeys((*steps, *others)))
    if len(everything) <= min(room, len(steps) + 1):  # a single rare step needs no menu
        return everything, ()
    on_card = min(len(steps), room - 1)
    return everything[:on_card], everything[on_card:]


def menus_of(look: Look) -> list[list[Do]]:
    """The steps of «Ещё…» in menus of eight buttons, of which the last lead on and back (X16)."""
    rare = plan(look).rare
    if len(rare) < limits.BUTTONS:
        return [list(rare)]
    room = limits.BUTTONS - 2
    return [[*rare[:room], Do.MORE_STILL], list(rare[room:])]


def card_rows(look: Look) -> list[Row]:
    """The card's buttons: the next step on its own row, locked steps below the answers that unlock them."""
    planned = plan(look)
    steps = [step_button(look, do) for do in planned.first]
    more = [step_button(look, Do.MORE)] if planned.rare else []
    always = [step_button(look, do) for do in planned.always]
    tail = [*always[:-1], *more, *always[-1:]]
    undo = [[step_button(look, Do.TAKE_BACK)]] if planned.takes_back else []
    trial = [[remove_trial_button(look.order.shop_id, look.t)]] if _removes_trial(look) else []
    rows = next_first([*steps[:1], *planned.links, *steps[1:], *tail])
    below = next((at for at, row in enumerate(rows, 1) if any(one in row for one in steps[1:2])), 1)
    return [*undo, *rows[:below], *([button] for button in planned.locked), *rows[below:], *trial]


def _removes_trial(look: Look) -> bool:
    return look.order.is_trial and may(look.viewer, Act.RUN_SHOPS, look.order.shop_id)


def _locked(look: Look) -> tuple[InlineKeyboardButton, ...]:
    """The step out of the shop that would be refused now, shown disabled with the remedy (X17)."""
    is_courier = look.viewer.role is Role.COURIER
    wanted = _OF_COURIERS if is_courier else _steps(look)
    for do in (do for do in wanted if do in LEAVING and look.order.status in IN_THE_SHOP):
        refused = look.steps.objection(do)
        key = _LOCKS.get(refused.reason) if refused is not None else None
        if key is not None:
            step = step_button(look, do).text
            label = fit(look.t.plain(key, step=step), limits.BUTTON)
            return (InlineKeyboardButton(text=label, disabled=DisabledButton()),)
    return ()


def _of_courier(look: Look) -> tuple[Do, ...]:
    """While the address is unknown, steps that need it do not come first (X24)."""
    if not lacks_address(look.order):
        return _OF_COURIERS
    if look.order.status is Status.COURIER_LEFT:
        return (*_OF_COURIERS[:1], Do.ADDRESS_IS, *_OF_COURIERS[1:])
    return (*(do for do in _OF_COURIERS if do is not Do.LEFT), Do.LEFT)


def _with_address(order: Order, can: frozenset[Do], steps: tuple[Do, ...]) -> tuple[Do, ...]:
    """While the address is unknown or its zone open, steps that need it do not come first (X24)."""
    if is_zone_open(order) or needs_extra(order):
        asked = (Do.ZONE_SAME, Do.ZONE_OTHER) if is_zone_open(order) else (Do.AGREEMENTS, Do.ZONE_SAME)
        return (*asked, *(do for do in steps if do not in asked))
    if Do.ADDRESS not in can or order.status not in IN_THE_SHOP:
        return steps
    own = [do for do in steps[:1] if do is Do.PHOTO]
    return (*own, Do.ADDRESS, *steps[len(own) :])


def _wanted(look: Look, can: frozenset[Do]) -> tuple[Do, ...]:
    """The steps that should be on the card, the most urgent first."""
    order = look.order
    asked: tuple[Do, ...] = (Do.CARRY_ON, Do.CANCEL) if order.is_in_doubt else ()
    is_note_open = answers_note(order, look.viewer.staff_id)
    if order.remarks and order.remarks[-1].by_carrier:
        asked = (Do.SAY, *asked)
    if unpaid(order) is not None:  # the next step: the delivery waits for it (R70)
        asked = (*asked, Do.AGREEMENTS)
    steps = tuple(do for do in _steps(look) if do in can)
    if Do.IN_APP in can and (by_hand(order) or lacks_photo_still(order)):
        steps = _with_app(steps)
    beside = (*((Do.SAY,) if is_note_open else ()), *((Do.GIFT,) if _is_softened(order) else ()))
    return (Do.ALLOW_PHONE, *asked, *_with_address(order, can, (*steps[:1], *beside, *steps[1:])))


def _is_softened(order: Order) -> bool:
    """Whether a small gift helps: products were replaced, or the client is not content (R85)."""
    rating = order.progress.rating
    is_disliked = rating is not None and not rating.liked
    return is_disliked or any(one.proposal.topic is Topic.SUBSTITUTION for one in order.agreements)


def _steps(look: Look) -> tuple[Do, ...]:
    order = look.order
    if order.status is Status.COURIER_LEFT:
        return _on_the_way(look)
    if order.status not in IN_THE_SHOP:
        return _BY_STATUS[order.status]
    if order.with_third_party:
        return _with_third_party(look)
    return _in_the_shop(look)


def _in_the_shop(look: Look) -> tuple[Do, ...]:
    """Chiefs assign the work; the florist takes the photo and, without a carrier, delivers."""
    order, seller = look.order, look.order.progress.seller
    is_made_by_me = seller is not None and seller.staff_id == look.viewer.staff_id
    deliver = _delivery(look, is_made_by_me=is_made_by_me)
    if order.lacks_photo or order.lacks_new_photo:
        if is_made_by_me:
            return (Do.PHOTO, *deliver, Do.CONTACT)
        first = () if seller else (Do.ASSIGN,)
        late = tuple(do for do in deliver if do is not Do.LEFT)  # no leaving before the photo
        steps = (Do.CONTACT, Do.SHOW_PHOTO, *late) if order.progress.photos else (*late, Do.CONTACT)
        return (*first, *steps, Do.PHOTO)
    first = () if seller or not look.is_chief or order.progress.photos else (Do.ASSIGN,)
    return (*first, *deliver, Do.CONTACT, Do.SHOW_PHOTO, Do.PHOTO)


def _delivery(look: Look, *, is_made_by_me: bool) -> tuple[Do, ...]:
    if look.order.details.delivery is DeliveryKind.PICKUP:
        return (Do.DONE,)
    if look.order.progress.carrier is not None:
        return (Do.LEFT,)
    if is_made_by_me:
        return (Do.SELF, Do.FIND_COURIER)
    return (Do.FIND_COURIER, Do.SELF)


def _on_the_way(look: Look) -> tuple[Do, ...]:
    """The carrier completes the order, or the shop for a courier from outside; it asks its own one (R53)."""
    carrier = look.order.progress.carrier
    is_own = carrier is not None and carrier.kind is not CarrierKind.THIRD_PARTY
    if Party.CARRIER in look.standing or not is_own:
        return (Do.DONE, Do.ON_WAY, Do.CONTACT, Do.SHOW_PHOTO)
    if look.order.progress.nobody_there is not None and look.is_chief:
        first = (Do.GIVE_TO,) if on_record(look.order, Topic.THIRD_PERSON) else (Do.CONTACT,)
        return (*first, Do.WAIT, Do.BACK, Do.SAY, Do.CONTACT, Do.SHOW_PHOTO, Do.ON_WAY, Do.DONE)
    return (Do.SAY, Do.CONTACT, Do.SHOW_PHOTO, Do.ON_WAY, Do.DONE)


def _with_third_party(look: Look) -> tuple[Do, ...]:
    """The next step of photo, leaving and delivery; then the message for the courier."""
    order, seller = look.order, look.order.progress.seller
    if order.left_with_third_party:
        return (Do.DONE, Do.COURIER_TEXT, Do.CONTACT, Do.FIND_COURIER)
    steps = (Do.PICKED_UP, Do.COURIER_TEXT, Do.CONTACT, Do.FIND_COURIER, Do.THIRD_PARTY)
    if not order.lacks_photo and not order.lacks_new_photo:
        return steps
    is_made_by_other = seller is not None and seller.staff_id != look.viewer.staff_id
    return (*steps[1:2], Do.PHOTO, *steps) if is_made_by_other else (Do.PHOTO, *steps)


def _links(look: Look, steps: list[Do]) -> tuple[InlineKeyboardButton, ...]:
    """The map on the way, the link for a client who cannot see the photo, the message to support."""
    order, found = look.order, []
    if look.address_to_find and order.status is Status.COURIER_LEFT and Do.DONE in steps[:1]:
        found.append(map_button(look.address_to_find, look.t))
    is_free = order.progress.carrier is None and not order.is_in_doubt
    if is_free and order.is_photo_unseen and may_contact(order, look.viewer):
        found.append(show_photo_button(order, look.t))
    if order.status is Status.CANCELLED and look.is_chief and by_hand(order):
        found.append(courier_search.support_button(order, look.t, Situation.CANCELS))
    to_support = agreements.support_button(look)
    return (*found, to_support) if to_support is not None else tuple(found)


def _courier_links(look: Look) -> tuple[InlineKeyboardButton, ...]:
    returns = look.order.status is Status.RETURNING
    return () if returns or not look.address_to_find else (map_button(look.address_to_find, look.t),)


def _left_out_for_courier(look: Look) -> frozenset[Do]:
    """Steps not needed now. On the way, couriers write to the manager by a reply, not by a button."""
    if look.order.progress.nobody_there:
        agreed = on_record(look.order, Topic.THIRD_PERSON)
        at_the_door = {Do.NOBODY, Do.ARRIVED}
        return frozenset(at_the_door | {Do.LATE, Do.SAY} if agreed else at_the_door)
    return frozenset({Do.BACK, Do.SAY} if look.order.status is Status.COURIER_LEFT else {Do.BACK})


def _left_out(order: Order) -> frozenset[Do]:
    """With a third-party courier, «Найти курьера» offers the other ways of delivery.

    On the way, the photo of the hand-over is in the menu of the way.
    """
    outside = frozenset({Do.SELF}) if order.with_third_party else frozenset[Do]()
    on_way = frozenset({Do.PROOF}) if order.status is Status.COURIER_LEFT else frozenset[Do]()
    return outside | on_way


def _with_app(steps: tuple[Do, ...]) -> tuple[Do, ...]:
    """A step that must be marked by hand in the marketplace's app has its button after the next step.

    After the order's end it comes first.
    """
    next_step = tuple(do for do in steps[:1] if do not in {Do.HIDE, Do.SHOW_PHOTO})
    return (*next_step, Do.IN_APP, *steps[len(next_step) :])
