"""Which buttons an order offers to whom: those the flow would grant, and one that says why it would not."""

from __future__ import annotations

from datetime import datetime

from messages.callbacks.order import Do
from orders.access.order_access import parties
from orders.client.agreements import askable, on_record
from orders.client.links import may_contact
from orders.model import phone_access
from orders.model.delivery_facts import AddressSource, CallAnswer
from orders.model.order import Handover, Order, Topic
from orders.model.people import STAFF_ROLES, Actor, Party
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.marketplace_backlog import OF_CHIEFS, can_take_back, lacks_photo_still, to_mark
from orders.steps import commands, delivery_commands
from orders.steps.delivery import LATE_CHOICES
from orders.steps.flow import decide

_NOBODY = 0
_SAID = "-"
_ADDRESS = "- 1 -, - 2, aa"

# Each wish as it is when all questions have been answered: what the flow refuses then, no answer can mend.
_WISHES: dict[Do, commands.Command] = {
    Do.ACCEPT: commands.Accept(),
    Do.DECLINE: commands.Decline(_SAID),
    Do.ASSIGN: commands.AssignSeller(_NOBODY, _SAID),
    Do.PHOTO: commands.AttachPhoto(_SAID, _SAID),
    Do.LIKED: commands.Rate(liked=True),
    Do.DISLIKED: commands.Rate(liked=False, complaint=_SAID),
    Do.SELF: commands.Dispatch(by_self=True, reason=_SAID, two_couriers=_SAID, without_address=_SAID),
    Do.FIND_COURIER: commands.AssignCourier(_NOBODY, _SAID, _SAID),
    Do.LEFT: commands.Dispatch(by_self=False, reason=_SAID, two_couriers=_SAID, without_address=_SAID),
    Do.PICKED_UP: commands.PickUp(_SAID, _SAID),
    Do.THIRD_PARTY: commands.HandToThirdParty(_SAID, has_no_contact=True, two_couriers=_SAID),
    Do.DONE: commands.Complete(Handover.IN_PERSON, reason=_SAID, without_photo=_SAID, early=_SAID),
    Do.REFUSED: commands.RecipientRefused(),
    Do.REDISPATCH: commands.Redispatch(_SAID, same_address=True, same_time=True),
    Do.CANCEL: commands.Cancel(),
    Do.HIDE: commands.Hide(),
    Do.CARRY_ON: commands.CarryOn(),
    Do.STOPPED: commands.SeeStop(),
    Do.UNDO: commands.Undo(_SAID),
    Do.OFFER: delivery_commands.OfferToCouriers(_SAID),
    Do.TAKE: delivery_commands.TakeOffer(),
    Do.CANNOT: delivery_commands.GiveBack(_SAID),
    Do.ARRIVED: delivery_commands.Arrive(),
    Do.NOBODY: delivery_commands.FindNobody(),
    Do.BACK: delivery_commands.BringBack(_SAID),
    Do.IN_SHOP: delivery_commands.ComeBack(),
    Do.STILL: delivery_commands.NoteCall(_SAID, "", CallAnswer.ON_THE_WAY),
    Do.SAY: delivery_commands.Say(_SAID),
    Do.PROOF: delivery_commands.AttachProof(_SAID, _SAID),
    Do.SEARCH: delivery_commands.Search(),
    Do.CALLED_OFF: delivery_commands.CallOff(),
    Do.CAME: delivery_commands.CourierCame(),
    Do.COST: delivery_commands.NoteCost(_SAID),
    Do.ADDRESS_IS: delivery_commands.FindAddress(_ADDRESS),
    Do.ASKED: delivery_commands.AskAddress(AddressSource.CLIENT),
    Do.ZONE_SAME: delivery_commands.CheckZone(other=False),
    Do.ZONE_OTHER: delivery_commands.CheckZone(other=True),
    Do.ASK_PHONE: phone_access.AskClientPhone(_SAID),
    Do.ALLOW_PHONE: phone_access.AllowClientPhone(),
    Do.REFUSE_PHONE: phone_access.RefuseClientPhone(),
    Do.PHONE_SAID: phone_access.NotePhoneCall(_SAID),
}
_STEP_OF = {
    Do.REFUSED_YES: Do.REFUSED,
    Do.THIRD_PERSON: Do.DONE,
    Do.AS_AGREED: Do.DONE,
    Do.TAKE_BACK: Do.UNDO,
    Do.ADDRESS: Do.ADDRESS_IS,
}
_PAGES = frozenset(
    {
        Do.CONTACT,
        Do.SHOW_PHOTO,
        Do.SHOW_PROOF,
        Do.HISTORY,
        Do.HISTORY_FILE,
        Do.PAPERS,
        Do.AGREEMENTS,
        Do.COURIER_TEXT,
        Do.GUIDE,
    }
)
_ON_WAY = frozenset({Do.ARRIVED, Do.LATE, Do.NOBODY, Do.BACK, Do.REFUSED})


def offered(order: Order, viewer: Actor, rules: ShopRules, now: datetime) -> frozenset[Do]:
    """The steps this viewer may take now, and the pages they may read."""
    refused = {do: _refusal(order, wish, viewer, rules, now) for do, wish in _wishes(order).items()}
    steps = {do for do, refusal in refused.items() if refusal is None}
    if Do.UNDO in steps and can_take_back(order, viewer, now, rules):
        steps.add(Do.TAKE_BACK)
    if order.progress.rating is not None:
        steps -= {Do.LIKED, Do.DISLIKED}
    if _refusal_of_late(order, viewer, rules, now) is None:
        steps.add(Do.LATE)
    if not order.with_third_party:
        steps.discard(Do.STILL)
    if Do.DONE in steps and order.progress.nobody_there and on_record(order, Topic.THIRD_PERSON):
        steps.add(Do.THIRD_PERSON)
    if lacks_photo_still(order) and not _may_upload(order, viewer):
        steps.discard(Do.IN_APP)
    if order.status in OF_CHIEFS and not _is_chief(order, viewer):
        steps.discard(Do.IN_APP)
    if Do.ADDRESS_IS in steps and may_contact(order, viewer):
        steps.add(Do.ADDRESS)
    steps.discard(Do.ASKED)
    if steps & _ON_WAY:
        steps.add(Do.ON_WAY)
    return frozenset(steps | _pages(order, viewer))


def objection(order: Order, do: Do, viewer: Actor, rules: ShopRules, now: datetime) -> Refusal | None:
    """Why an old button leads nowhere now; None for a step that may be taken or a page that may be read."""
    if do in {Do.LATE, Do.LATE_BY}:
        return _refusal_of_late(order, viewer, rules, now)
    wish = _wishes(order).get(_STEP_OF.get(do, do))
    if wish is not None:
        return _refusal(order, wish, viewer, rules, now)
    if do in _PAGES and do not in _pages(order, viewer):
        return Refusal(Reason.NOT_YOURS, order.status)
    return None


def told_too_far(order: Order, viewer: Actor, rules: ShopRules, now: datetime) -> Refusal | None:
    """The refusal of an undo because the marketplace knows the step; its text says what to do instead."""
    refusal = _refusal(order, _WISHES[Do.UNDO], viewer, rules, now)
    return refusal if refusal is not None and refusal.reason is Reason.MARKETPLACE_KNOWS else None


def _wishes(order: Order) -> dict[Do, commands.Command]:
    return _WISHES | {Do.IN_APP: commands.MarketplaceHas(to_mark(order))}


def _refusal_of_late(order: Order, viewer: Actor, rules: ShopRules, now: datetime) -> Refusal | None:
    """What stands in the way of saying that it will be late; the same said once more is only one of many."""
    refused = _refusal(order, delivery_commands.SayLate(LATE_CHOICES[0]), viewer, rules, now)
    is_one_more = refused is not None and refused.reason is Reason.ALREADY
    return None if is_one_more and order.status is Status.COURIER_LEFT else refused


def _refusal(
    order: Order, wish: commands.Command, viewer: Actor, rules: ShopRules, now: datetime
) -> Refusal | None:
    try:
        decide(order, wish, viewer, now, rules)
    except Refusal as refused:
        return refused
    return None


def _is_chief(order: Order, viewer: Actor) -> bool:
    return bool(parties(order, viewer) & {Party.DIRECTOR, Party.MANAGER})


def _may_upload(order: Order, viewer: Actor) -> bool:
    return _is_chief(order, viewer) or Party.ASSIGNED_SELLER in parties(order, viewer)


def _pages(order: Order, viewer: Actor) -> set[Do]:
    works = may_contact(order, viewer)
    is_theirs = bool(parties(order, viewer) - {Party.INVITED})
    pages = {Do.GUIDE} if viewer.role in STAFF_ROLES and is_theirs else set()
    if works:
        pages.add(Do.CONTACT)
    if works and order.progress.photos:
        pages.add(Do.SHOW_PHOTO)
    if works and (order.agreements or askable(order, viewer)):
        pages.add(Do.AGREEMENTS)
    if works and order.with_third_party and not order.is_final:
        pages.add(Do.COURIER_TEXT)
    if works and order.proofs:
        pages.add(Do.SHOW_PROOF)
    if _is_chief(order, viewer):
        pages |= {Do.HISTORY, Do.HISTORY_FILE}
        if order.details.papers:
            pages.add(Do.PAPERS)
    return pages
