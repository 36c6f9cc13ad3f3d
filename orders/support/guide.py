"""The emergency guide (R72, R79): its situations, who reads them, and which fit an order now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from orders.access.order_access import parties
from orders.delivery.address import lacks_address
from orders.delivery.courier_search import is_waiting, told_at
from orders.model.after_delivery import pending
from orders.model.details import DeliveryKind
from orders.model.numbers import is_own
from orders.model.order import Order
from orders.model.people import STAFF_ROLES, Actor, Mark, Party, Role
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status
from orders.schedule.deadlines import leave_by


class Situation(StrEnum):
    """What may go wrong; the texts are `guide-title-<value>` and `guide-text-<value>`."""

    NO_COURIER = "no-courier"
    REFUSED = "refused"
    NOBODY = "nobody"
    NO_ADDRESS = "no-address"
    FLOWER_OUT = "flower-out"
    NO_PHOTO = "no-photo"
    SILENT = "silent"
    CANCELS = "cancels"
    COMPLAINT = "complaint"
    NO_CARD = "no-card"
    FLORIST_ILL = "florist-ill"
    APP_HANGS = "app-hangs"
    ORDER_LOST = "order-lost"
    TELEGRAM_SLOW = "telegram-slow"


class Aid(StrEnum):
    """Buttons that help in a situation: steps or pages that the bot has anyway."""

    SUPPORT = "support"
    CONTACT = "contact"
    ASK_PHONE = "ask-phone"
    PHONE_SAID = "phone-said"
    READY_TEXTS = "ready-texts"
    LINK = "link"
    SUBSTITUTION = "substitution"
    POSTPONE = "postpone"
    SURCHARGE = "surcharge"
    ADDRESS = "address"
    ADDRESS_IS = "address-is"
    THIRD_PERSON = "third-person"
    ACCEPT = "accept"
    ASSIGN = "assign"
    PHOTO = "photo"
    IN_APP = "in-app"
    SELF = "self"
    COURIERS = "couriers"
    SPARE = "spare"
    SEARCH = "search"
    CALLED_OFF = "called-off"
    CAME = "came"
    COST = "cost"
    ARRIVED = "arrived"
    NOBODY = "nobody"
    REFUSED = "refused"
    BACK = "back"
    IN_SHOP = "in-shop"
    REDISPATCH = "redispatch"
    CANCEL = "cancel"
    DECLINE = "decline"
    SHOP = "shop"
    NEW_ORDER = "new-order"
    CLAIM = "claim"
    GIFT = "gift"
    ANY_CARD = "any-card"
    BRANDED = "branded"
    DISPUTE = "dispute"
    PROOF = "proof"
    DISPUTE_SENT = "dispute-sent"
    DISPUTE_OVER = "dispute-over"


class Stage(StrEnum):
    """When a situation that a shop added fits an order."""

    ALWAYS = "always"
    IN_SHOP = "in-shop"
    ON_WAY = "on-way"
    OVER = "over"


class Fit(IntEnum):
    """How well a situation fits an order now; smaller values come first."""

    PRESSING = 0
    """The order shows that the situation has occurred."""
    POSSIBLE = 1
    OTHER = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A situation of a shop's guide. Without own words, the ready text is used.

    `key` identifies it in buttons: the situation, or the row number of one that the shop added.
    """

    key: str
    situation: Situation | None = None
    title: str = ""
    words: str = ""
    to_support: str = ""
    """What the marketplace's support is told about it."""
    stage: Stage = Stage.ALWAYS
    is_shown: bool = True
    is_suggested: bool = False
    """A member of staff suggested it, and no director has published it yet (R95)."""
    made: Mark | None = None


def standard() -> tuple[Entry, ...]:
    """The guide of a shop that has not changed it."""
    return tuple(Entry(situation.value, situation) for situation in Situation)


def for_role(entries: Iterable[Entry], role: Role) -> tuple[Entry, ...]:
    """The entries for this role: shown, published, and relevant to their work. None for clients."""
    if role not in STAFF_ROLES:
        return ()
    return tuple(
        entry
        for entry in entries
        if entry.is_shown and not entry.is_suggested and _concerns(entry.situation, role)
    )


def by_fit(
    entries: Iterable[Entry], order: Order, viewer: Actor, now: datetime, rules: ShopRules
) -> tuple[Entry, ...]:
    """The entries the viewer reads about this order: occurred situations, possible ones, then the rest.

    Within each group they keep the guide's order. Empty for viewers without a part in the order (R14).
    """
    if not parties(order, viewer):
        return ()
    return tuple(sorted(for_role(entries, viewer.role), key=lambda entry: fit(entry, order, now, rules)))


def fit(entry: Entry, order: Order, now: datetime, rules: ShopRules) -> Fit:
    """How well the situation fits the order at `now`."""
    if entry.situation is None:
        return Fit.POSSIBLE if _STAGES[entry.stage](order) else Fit.OTHER
    if _PRESSING.get(entry.situation, _never)(order, now, rules):
        return Fit.PRESSING
    return Fit.POSSIBLE if _POSSIBLE[entry.situation](order) else Fit.OTHER


def aids(situation: Situation | None) -> tuple[Aid, ...]:
    """The buttons for a situation, in the order in which to try them; the order decides which work now."""
    return AIDS[situation] if situation is not None else (Aid.CONTACT, Aid.SUPPORT)


def may_tell_support(order: Order, actor: Actor) -> bool:
    """Whether the actor may write to support about a marketplace order: chiefs, and its seller."""
    return not is_own(order.number) and bool(
        parties(order, actor) & {Party.DIRECTOR, Party.MANAGER, Party.ASSIGNED_SELLER}
    )


AIDS: Mapping[Situation, tuple[Aid, ...]] = {
    Situation.NO_COURIER: (
        Aid.SUPPORT,
        Aid.SEARCH,
        Aid.CAME,
        Aid.CALLED_OFF,
        Aid.COST,
        Aid.COURIERS,
        Aid.SPARE,
        Aid.SELF,
        Aid.POSTPONE,
        Aid.CLAIM,
        Aid.CONTACT,
    ),
    Situation.REFUSED: (
        Aid.REFUSED,
        Aid.IN_SHOP,
        Aid.REDISPATCH,
        Aid.CANCEL,
        Aid.CONTACT,
        Aid.SUPPORT,
    ),
    Situation.NOBODY: (Aid.ARRIVED, Aid.NOBODY, Aid.CONTACT, Aid.THIRD_PERSON, Aid.POSTPONE, Aid.BACK),
    Situation.NO_ADDRESS: (
        Aid.ADDRESS,
        Aid.ADDRESS_IS,
        Aid.CONTACT,
        Aid.READY_TEXTS,
        Aid.POSTPONE,
        Aid.SURCHARGE,
        Aid.SUPPORT,
    ),
    Situation.FLOWER_OUT: (
        Aid.SUBSTITUTION,
        Aid.CONTACT,
        Aid.GIFT,
        Aid.SHOP,
        Aid.POSTPONE,
        Aid.DECLINE,
        Aid.SUPPORT,
    ),
    Situation.NO_PHOTO: (Aid.PHOTO, Aid.LINK, Aid.IN_APP, Aid.CONTACT, Aid.SUPPORT),
    Situation.SILENT: (Aid.CONTACT, Aid.READY_TEXTS, Aid.SUPPORT),
    Situation.CANCELS: (Aid.SUPPORT, Aid.CANCEL, Aid.CONTACT),
    Situation.COMPLAINT: (
        Aid.DISPUTE,
        Aid.SUPPORT,
        Aid.PROOF,
        Aid.DISPUTE_SENT,
        Aid.DISPUTE_OVER,
        Aid.CONTACT,
        Aid.CLAIM,
    ),
    Situation.NO_CARD: (Aid.ANY_CARD, Aid.BRANDED, Aid.SUPPORT),
    Situation.FLORIST_ILL: (Aid.ASSIGN, Aid.POSTPONE, Aid.SHOP, Aid.CONTACT, Aid.DECLINE),
    Situation.APP_HANGS: (
        Aid.CONTACT,
        Aid.ASK_PHONE,
        Aid.PHONE_SAID,
        Aid.ACCEPT,
        Aid.IN_APP,
        Aid.SUPPORT,
    ),
    Situation.ORDER_LOST: (Aid.NEW_ORDER, Aid.SUPPORT),
    Situation.TELEGRAM_SLOW: (Aid.SHOP,),
}

_OF_COURIERS = frozenset({
    Situation.REFUSED,
    Situation.NOBODY,
    Situation.NO_ADDRESS,
    Situation.CANCELS,
    Situation.APP_HANGS,
    Situation.TELEGRAM_SLOW,
})  # fmt: skip


def _concerns(situation: Situation | None, role: Role) -> bool:
    if situation is None or role is not Role.COURIER:
        return True
    return situation in _OF_COURIERS


def _in_shop(order: Order) -> bool:
    return order.status in IN_THE_SHOP


def _on_way(order: Order) -> bool:
    return order.status in {Status.COURIER_LEFT, Status.RETURNING} or (
        order.with_third_party and not order.is_final
    )


def _is_living(order: Order) -> bool:
    return not order.is_final


def _is_delivered(order: Order) -> bool:
    return order.details.delivery is DeliveryKind.COURIER


def _lacks_photo(order: Order) -> bool:
    return _in_shop(order) and (order.lacks_photo or order.lacks_new_photo or order.is_photo_unseen)


def _lacks_carrier(order: Order) -> bool:
    return _in_shop(order) and _is_delivered(order) and order.progress.carrier is None


def _waits_for_client(order: Order) -> bool:
    return _is_living(order) and any(one.is_open for one in order.agreements)


_STAGES: Mapping[Stage, Callable[[Order], bool]] = {
    Stage.ALWAYS: lambda _order: True,
    Stage.IN_SHOP: lambda order: order.status is Status.NEW or _in_shop(order),
    Stage.ON_WAY: _on_way,
    Stage.OVER: lambda order: order.is_final,
}

_POSSIBLE: Mapping[Situation, Callable[[Order], bool]] = {
    Situation.NO_COURIER: _lacks_carrier,
    Situation.REFUSED: _on_way,
    Situation.NOBODY: lambda order: _on_way(order) and order.status is not Status.RETURNING,
    Situation.NO_ADDRESS: lacks_address,
    Situation.FLOWER_OUT: lambda order: order.status is Status.NEW or _in_shop(order),
    Situation.NO_PHOTO: _lacks_photo,
    Situation.SILENT: _is_living,
    Situation.CANCELS: lambda order: _is_living(order) or order.status is Status.CANCELLED,
    Situation.COMPLAINT: lambda order: order.status is Status.DONE,
    Situation.NO_CARD: _in_shop,
    Situation.FLORIST_ILL: lambda order: _in_shop(order) and order.progress.seller is not None,
    Situation.APP_HANGS: _is_living,
    Situation.ORDER_LOST: lambda order: order.details.unread,
    Situation.TELEGRAM_SLOW: lambda _order: False,
}

_Pressing = Callable[[Order, datetime, ShopRules], bool]


def _never(_order: Order, _now: datetime, _rules: ShopRules) -> bool:
    return False


def _no_courier_now(order: Order, now: datetime, rules: ShopRules) -> bool:
    """Assembled without a carrier, and it is time to leave or couriers were asked in vain."""
    if not _lacks_carrier(order) or order.lacks_photo:
        return False
    due, search_ends = leave_by(order, rules), told_at(order, rules)
    if is_waiting(order) and search_ends is not None and search_ends <= now:
        return True
    return bool(order.calls) or order.progress.given_back is not None or (due is not None and due <= now)


def _photo_is_late(order: Order, now: datetime, rules: ShopRules) -> bool:
    due = leave_by(order, rules)
    return _lacks_photo(order) and due is not None and due <= now


def _must_be_cancelled(order: Order) -> bool:
    """Cancelled here, but support has not cancelled it at the marketplace yet (R49)."""
    return order.status is Status.CANCELLED and order.is_ahead


_PRESSING: Mapping[Situation, _Pressing] = {
    Situation.NO_COURIER: _no_courier_now,
    Situation.REFUSED: lambda order, _now, _rules: order.status is Status.RETURNING,
    Situation.NOBODY: lambda order, _now, _rules: (
        order.status is Status.COURIER_LEFT and order.progress.nobody_there is not None
    ),
    Situation.NO_ADDRESS: lambda order, _now, _rules: lacks_address(order),
    Situation.NO_PHOTO: _photo_is_late,
    Situation.SILENT: lambda order, _now, _rules: _waits_for_client(order),
    Situation.CANCELS: lambda order, _now, _rules: order.is_in_doubt or _must_be_cancelled(order),
    Situation.COMPLAINT: lambda order, _now, _rules: pending(order.disputes) is not None,
    Situation.ORDER_LOST: lambda order, _now, _rules: order.details.unread and not order.is_final,
}
