"""What has already been done about a situation, according to the order (R79)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from orders.client.agreements import is_pending
from orders.model.order import Order, Topic
from orders.model.people import Mark
from orders.support.guide import Situation


class Fact(StrEnum):
    """Things that may have been done about a situation; the text of each is `guide-done-<value>`."""

    SELLER = "seller"
    PHONE_ASKED = "phone-asked"
    PHONE_ALLOWED = "phone-allowed"
    PHONE_SAID = "phone-said"
    ADDRESS_ASKED = "address-asked"
    ADDRESS_FOUND = "address-found"
    OFFERED = "offered"
    SEARCHED = "searched"
    CALLED_OFF = "called-off"
    CAME = "came"
    CALLED = "called"
    CARRIER = "carrier"
    HANDED_OVER = "handed-over"
    PHOTO = "photo"
    PHOTO_SEEN = "photo-seen"
    ARRIVED = "arrived"
    NOBODY = "nobody"
    REFUSED = "refused"
    BACK = "back"
    IN_SHOP = "in-shop"
    ELSEWHERE = "elsewhere"
    SUBSTITUTION_ASKED = "substitution-asked"
    SUBSTITUTION_AGREED = "substitution-agreed"
    WINDOW_ASKED = "window-asked"
    WINDOW_AGREED = "window-agreed"
    THIRD_ASKED = "third-asked"
    THIRD_AGREED = "third-agreed"
    EXTRA_ASKED = "extra-asked"
    EXTRA_PAID = "extra-paid"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done, when and by whom; `mark` is None if only the fact is stored."""

    fact: Fact
    mark: Mark | None


def done(situation: Situation | None, order: Order) -> tuple[Done, ...]:
    """What has been done about the situation, the earliest first; facts without a time come first."""
    found = [one for one in _facts(order) if one.fact in _FACTS_OF.get(situation, frozenset())]
    return tuple(sorted(found, key=lambda one: one.mark.at.timestamp() if one.mark is not None else 0.0))


_ASKED = {
    Topic.SUBSTITUTION: Fact.SUBSTITUTION_ASKED,
    Topic.WINDOW: Fact.WINDOW_ASKED,
    Topic.THIRD_PERSON: Fact.THIRD_ASKED,
    Topic.SURCHARGE: Fact.EXTRA_ASKED,
}
_AGREED = {
    Topic.SUBSTITUTION: Fact.SUBSTITUTION_AGREED,
    Topic.WINDOW: Fact.WINDOW_AGREED,
    Topic.THIRD_PERSON: Fact.THIRD_AGREED,
}
_TIME = frozenset({Fact.WINDOW_ASKED, Fact.WINDOW_AGREED})
_THIRD = frozenset({Fact.THIRD_ASKED, Fact.THIRD_AGREED})

_FACTS_OF: Mapping[Situation | None, frozenset[Fact]] = {
    Situation.NO_COURIER: _TIME
    | {
        Fact.PHOTO,
        Fact.SEARCHED,
        Fact.CALLED_OFF,
        Fact.CAME,
        Fact.OFFERED,
        Fact.CALLED,
        Fact.CARRIER,
        Fact.HANDED_OVER,
    },
    Situation.REFUSED: frozenset({Fact.REFUSED, Fact.BACK, Fact.IN_SHOP, Fact.ELSEWHERE}),
    Situation.NOBODY: _TIME | _THIRD | {Fact.ARRIVED, Fact.NOBODY, Fact.BACK},
    Situation.NO_ADDRESS: _TIME | {Fact.ADDRESS_ASKED, Fact.ADDRESS_FOUND, Fact.EXTRA_ASKED, Fact.EXTRA_PAID},
    Situation.FLOWER_OUT: _TIME | {Fact.SUBSTITUTION_ASKED, Fact.SUBSTITUTION_AGREED},
    Situation.NO_PHOTO: frozenset({Fact.PHOTO, Fact.PHOTO_SEEN}),
    Situation.SILENT: frozenset({*_ASKED.values(), Fact.PHOTO_SEEN}),
    Situation.CANCELS: frozenset({Fact.STOPPED, Fact.BACK, Fact.IN_SHOP}),
    Situation.FLORIST_ILL: _TIME | {Fact.SELLER},
    Situation.APP_HANGS: _TIME | {Fact.PHOTO, Fact.PHONE_ASKED, Fact.PHONE_ALLOWED, Fact.PHONE_SAID},
}


def _facts(order: Order) -> list[Done]:
    progress = order.progress
    search = progress.search
    came = progress.second.came if progress.second is not None else None
    off = search.over if search is not None and came is None and not order.with_third_party else None
    photo = progress.photos[-1:]
    seen = order.seen(photo[0].sha256) if photo else None
    marks: list[tuple[Fact, Mark | None]] = [
        (Fact.SEARCHED, search.since if search is not None else None),
        (Fact.CALLED_OFF, off),
        (Fact.CAME, came),
        (Fact.ADDRESS_ASKED, progress.address_asked.mark if progress.address_asked else None),
        (Fact.ADDRESS_FOUND, progress.address_found.mark if progress.address_found else None),
        (Fact.OFFERED, progress.offered),
        (Fact.CALLED, order.calls[-1].noted if order.calls else None),
        (Fact.HANDED_OVER, progress.handed_over if order.with_third_party else None),
        (Fact.PHOTO, photo[0].taken if photo else None),
        (Fact.PHOTO_SEEN, seen.mark if seen is not None and order.photo_seen_from is not None else None),
        (Fact.ARRIVED, progress.arrived),
        (Fact.NOBODY, progress.nobody_there),
        (Fact.REFUSED, progress.refused),
        (Fact.BACK, order.returning),
        (Fact.IN_SHOP, progress.back_in_shop),
        (Fact.STOPPED, order.stopped),
    ]
    marks += _marks_of_phone(order)
    bare = {Fact.SELLER: progress.seller, Fact.CARRIER: progress.carrier}
    found = [Done(fact, mark) for fact, mark in marks if mark is not None]
    found += [Done(fact, None) for fact, person in bare.items() if person is not None]
    if progress.agreed_change.strip():
        found.append(Done(Fact.ELSEWHERE, None))
    return found + _facts_of_agreements(order)


def _marks_of_phone(order: Order) -> list[tuple[Fact, Mark | None]]:
    if not order.phone_accesses:
        return []
    last = order.phone_accesses[-1]
    said = last.calls[-1].noted if last.calls else None
    return [(Fact.PHONE_ASKED, last.asked), (Fact.PHONE_ALLOWED, last.allowed), (Fact.PHONE_SAID, said)]


def _facts_of_agreements(order: Order) -> list[Done]:
    found: dict[Fact, Done] = {}
    for one in order.agreements:
        topic = one.proposal.topic
        if one.is_open:
            found[_ASKED[topic]] = Done(_ASKED[topic], one.asked)
        if one.holds and topic in _AGREED:
            found[_AGREED[topic]] = Done(_AGREED[topic], one.answered)
        if topic is Topic.SURCHARGE and one.paid is not None:
            found[Fact.EXTRA_PAID] = Done(Fact.EXTRA_PAID, one.paid)
        elif topic is Topic.SURCHARGE and is_pending(order, one):
            found[_ASKED[topic]] = Done(_ASKED[topic], one.asked)
    return list(found.values())
