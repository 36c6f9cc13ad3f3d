"""Events of the delivery, from leaving the shop to the hand-over. Named in the past tense."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.delivery_facts import (
    AddressAsk,
    AddressSource,
    Call,
    CourierSearch,
    FoundAddress,
    Handback,
    Lateness,
    Remark,
    SecondCourier,
)
from orders.model.order import Carrier, Mark, Progress
from orders.model.photo import Photo
from orders.model.rules import HandoverProof
from orders.model.status import Status, Step


def sent_anyway(search: CourierSearch | None, words: str) -> CourierSearch | None:
    """The search, with the reason why no second courier will come (R87)."""
    return replace(search, anyway=words) if search is not None and words else search


@dataclass(frozen=True, slots=True)
class OfferedToCouriers:
    """All couriers of the shop may take it; a previous carrier is removed (R40)."""

    step: ClassVar[Step] = Step.OFFER
    mark: Mark
    two_couriers: str = ""

    def applied_to(self, before: Progress) -> Progress:
        search = sent_anyway(before.search, self.two_couriers)
        return replace(before, offered=self.mark, taken=None, carrier=None, search=search)


@dataclass(frozen=True, slots=True)
class OfferTaken:
    """A courier took it (R40)."""

    step: ClassVar[Step] = Step.TAKE
    mark: Mark
    carrier: Carrier

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, taken=self.mark, carrier=self.carrier)


@dataclass(frozen=True, slots=True)
class GaveBack:
    """The courier cannot deliver it; the chiefs decide, and it is no longer offered to all (R40)."""

    step: ClassVar[Step] = Step.GIVE_BACK
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        given_back = Handback(self.reason, self.mark)
        return replace(before, offered=None, taken=None, carrier=None, given_back=given_back)


@dataclass(frozen=True, slots=True)
class Arrived:
    """The carrier is at the door."""

    step: ClassVar[Step] = Step.ARRIVE
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, arrived=self.mark)


@dataclass(frozen=True, slots=True)
class SaidLate:
    """It will come later than agreed (R52)."""

    step: ClassVar[Step] = Step.SAY_LATE
    mark: Mark
    lateness: Lateness

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, lateness=self.lateness)


@dataclass(frozen=True, slots=True)
class NobodyFound:
    """Nobody opened the door."""

    step: ClassVar[Step] = Step.FIND_NOBODY
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, nobody_there=self.mark)


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """It goes back to the shop without a refusal (R90)."""

    step: ClassVar[Step] = Step.BRING_BACK
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.RETURNING, brought_back=self.mark, return_reason=self.reason)


@dataclass(frozen=True, slots=True)
class CameBack:
    """The flowers are in the shop again (R90)."""

    step: ClassVar[Step] = Step.COME_BACK
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, back_in_shop=self.mark)


@dataclass(frozen=True, slots=True)
class ProofAttached:
    """A photo of the hand-over; it is not part of the progress, so that an undo keeps it (X8)."""

    step: ClassVar[Step] = Step.ATTACH_PROOF
    mark: Mark
    proof: Photo


@dataclass(frozen=True, slots=True)
class ProofChosen:
    """The proof of this order's hand-over was chosen (X25)."""

    step: ClassVar[Step] = Step.CHOOSE_PROOF
    mark: Mark
    proof: HandoverProof


@dataclass(frozen=True, slots=True)
class CodeSaid:
    """A code was told (X25). `kept`: the marketplace's code of a pick-up, which cannot be checked here."""

    step: ClassVar[Step] = Step.SAY_CODE
    mark: Mark
    is_right: bool
    kept: str = ""


@dataclass(frozen=True, slots=True)
class CallNoted:
    """A courier from outside was called; an undo keeps their answer (R45, R89)."""

    step: ClassVar[Step] = Step.NOTE_CALL
    mark: Mark
    call: Call


@dataclass(frozen=True, slots=True)
class Remarked:
    """A member of staff said something about the order; an undo keeps it (X19)."""

    step: ClassVar[Step] = Step.SAY
    mark: Mark
    remark: Remark


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """The marketplace searches for a courier (R86)."""

    step: ClassVar[Step] = Step.SEARCH
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, search=CourierSearch(self.mark))


@dataclass(frozen=True, slots=True)
class SearchCalledOff:
    """The marketplace's courier was called off (R87)."""

    step: ClassVar[Step] = Step.CALL_OFF
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, search=_over(before, self.mark))


@dataclass(frozen=True, slots=True)
class SupportTold:
    """Support knows that no courier comes; an undo keeps this (R87, R92)."""

    step: ClassVar[Step] = Step.TELL_SUPPORT
    mark: Mark


@dataclass(frozen=True, slots=True)
class MarketplaceCourierCame:
    """The marketplace's courier came. `carrier`: they take the order; None: it has left with another one."""

    step: ClassVar[Step] = Step.COURIER_CAME
    mark: Mark
    carrier: Carrier | None
    second: SecondCourier | None

    def applied_to(self, before: Progress) -> Progress:
        after = replace(before, search=_over(before, self.mark), second=self.second)
        if self.carrier is None:
            return after
        return replace(after, carrier=self.carrier, handed_over=self.mark, picked_up=None, offered=None)


@dataclass(frozen=True, slots=True)
class CostNoted:
    """The cost of the courier who was sent away, or who went in place of the marketplace's (R88)."""

    step: ClassVar[Step] = Step.NOTE_COST
    mark: Mark
    cost: str

    def applied_to(self, before: Progress) -> Progress:
        if before.second is not None:
            return replace(before, second=replace(before.second, cost=self.cost))
        search = before.search
        return replace(before, search=replace(search, cost=self.cost) if search is not None else None)


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """Somebody was asked for the address (X24)."""

    step: ClassVar[Step] = Step.ASK_ADDRESS
    mark: Mark
    whom: AddressSource

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, address_asked=AddressAsk(self.whom, self.mark))


@dataclass(frozen=True, slots=True)
class AddressFound:
    """The address was found (X24)."""

    step: ClassVar[Step] = Step.FIND_ADDRESS
    mark: Mark
    address: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, address_found=FoundAddress(self.mark, address=self.address))


@dataclass(frozen=True, slots=True)
class ZoneChecked:
    """Whether the address costs more, being in another zone (R70)."""

    step: ClassVar[Step] = Step.CHECK_ZONE
    mark: Mark
    other: bool

    def applied_to(self, before: Progress) -> Progress:
        found = before.address_found or FoundAddress(self.mark)
        return replace(before, address_found=replace(found, in_zone=not self.other))


def _over(before: Progress, mark: Mark) -> CourierSearch | None:
    return replace(before.search, over=mark) if before.search is not None else None


DeliveryChange = (
    OfferedToCouriers
    | OfferTaken
    | GaveBack
    | Arrived
    | SaidLate
    | NobodyFound
    | BroughtBack
    | CameBack
    | ProofAttached
    | ProofChosen
    | CodeSaid
    | CallNoted
    | Remarked
    | SearchStarted
    | SearchCalledOff
    | SupportTold
    | MarketplaceCourierCame
    | CostNoted
    | AddressAsked
    | AddressFound
    | ZoneChecked
)
