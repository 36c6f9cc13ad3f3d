"""The table of an order's buttons, and which of them are offered to whom.

A button is offered if the flow allows its command; an old button that is refused says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from messages.callbacks.order import Do
from orders.access.order_access import parties
from orders.client.agreements import askable, on_record
from orders.client.links import may_contact
from orders.model.delivery_facts import AddressSource, CallAnswer
from orders.model.numbers import is_own
from orders.model.order import Handover, Order, Topic
from orders.model.people import STAFF_ROLES, Actor, Party
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import TABLE, Status
from orders.model.tables import whole_table
from orders.order.marketplace_backlog import OF_CHIEFS, can_take_back, lacks_photo_still, to_mark
from orders.parsing.urgent_words import flaggable
from orders.steps import commands
from orders.steps.delivery.on_the_way import LATE_CHOICES
from orders.steps.flow import decide

_NOBODY = 0
_SAID = "-"
"""Placeholder for words that a person will type."""
_SOMEWHERE = "Street 1"
"""Placeholder for an address, which must parse as one."""
SAID_FOR = timedelta(minutes=2)
"""How long «Ещё…» says of a step that the marketplace knows it: the shop opens that menu all day."""


@dataclass(frozen=True, slots=True)
class Action:
    """The effect of a button. Without any of these it opens a screen for everybody who sees the card.

    `wish`: the command with all questions answered; if it is refused, no answer helps.
    `at_once`: the command that a tap gives; the rules ask for missing words.
    `part_of`: the button whose step this button carries out, and whose refusals it shares.
    `is_page`: it shows something that not everybody may read.
    """

    wish: commands.Command | None = None
    at_once: commands.Command | None = None
    part_of: Do | None = None
    is_page: bool = False


def _one_tap(command: commands.Command) -> Action:
    """A command without questions, or with those that the rules ask themselves."""
    return Action(wish=command, at_once=command)


def _left(*, by_self: bool) -> commands.Command:
    """Leaving, with placeholders for everything that may be asked."""
    return commands.Dispatch(by_self, _SAID, two_couriers=_SAID, without_address=_SAID)


_PAGE = Action(is_page=True)
_SCREEN = Action()

ACTIONS = whole_table(
    Do,
    (
        (Do.OPEN, _SCREEN),
        (Do.CARD, _SCREEN),
        (Do.MORE, _SCREEN),
        (Do.MORE_STILL, _SCREEN),
        (Do.DETAILS, _SCREEN),
        (Do.WHOLE, _SCREEN),
        (Do.ON_WAY, _SCREEN),
        (Do.ACCEPT, _one_tap(commands.Accept())),
        (Do.DECLINE, Action(commands.Decline(_SAID))),
        (Do.DECLINE_YES, Action(at_once=commands.Decline())),
        (Do.ASSIGN, Action(commands.AssignSeller(_NOBODY, _SAID))),
        (Do.ASSIGN_TO, _SCREEN),
        (Do.PHOTO, Action(commands.AttachPhoto(_SAID, _SAID))),
        (Do.SHOW_PHOTO, _PAGE),
        (Do.LIKED, _one_tap(commands.Rate(liked=True))),
        (Do.DISLIKED, Action(commands.Rate(liked=False, complaint=_SAID), commands.Rate(liked=False))),
        (Do.SELF, Action(_left(by_self=True), commands.Dispatch(by_self=True))),
        (Do.FIND_COURIER, Action(commands.AssignCourier(_NOBODY, _SAID, _SAID))),
        (Do.COURIER_IS, _SCREEN),
        (
            Do.THIRD_PARTY,
            Action(
                commands.HandToThirdParty(_SAID, has_no_contact=True, two_couriers=_SAID),
                commands.HandToThirdParty(""),
            ),
        ),
        (Do.LEFT, Action(_left(by_self=False), commands.Dispatch(by_self=False))),
        (Do.PICKED_UP, Action(commands.PickUp(_SAID, _SAID), commands.PickUp())),
        (Do.COURIER_TEXT, _PAGE),
        (
            Do.DONE,
            Action(
                commands.Complete(
                    Handover.IN_PERSON, reason=_SAID, without_photo=_SAID, early=_SAID, without_proof="no"
                )
            ),
        ),
        (Do.IN_PERSON, Action(at_once=commands.Complete(Handover.IN_PERSON))),
        (Do.THIRD_PERSON, Action(part_of=Do.DONE)),
        (Do.AGREED, Action(at_once=commands.Complete(Handover.THIRD_PERSON, agreed_with_client=True))),
        (Do.AS_AGREED, Action(part_of=Do.DONE)),
        (Do.REFUSED, Action(commands.RecipientRefused())),
        (Do.REFUSED_YES, Action(at_once=commands.RecipientRefused(), part_of=Do.REFUSED)),
        (
            Do.REDISPATCH,
            Action(
                commands.Redispatch(_SAID, same_address=True, same_time=True),
                commands.Redispatch(agreed_change=""),
            ),
        ),
        (Do.CANCEL, Action(commands.Cancel())),
        (Do.CANCEL_YES, _SCREEN),
        (Do.UNDO, Action(commands.Undo(_SAID), commands.Undo(reason=""))),
        (Do.TAKE_BACK, Action(part_of=Do.UNDO)),
        (Do.HIDE, _one_tap(commands.Hide())),
        (Do.HISTORY, _PAGE),
        (Do.HISTORY_FILE, _PAGE),
        (Do.PRINT, _PAGE),
        (Do.CONTACT, _PAGE),
        (Do.IN_APP, _SCREEN),  # its command depends on the order: see below
        (Do.CARRY_ON, _one_tap(commands.CarryOn())),
        (Do.PAPERS, _PAGE),
        (Do.AGREEMENTS, _PAGE),
        (Do.STOPPED, _one_tap(commands.SeeStop())),
        (
            Do.OFFER,
            Action(commands.OfferToCouriers(_SAID), commands.OfferToCouriers()),
        ),
        (Do.TAKE, _one_tap(commands.TakeOffer())),
        (Do.CANNOT, Action(commands.GiveBack(_SAID), commands.GiveBack())),
        (Do.ARRIVED, _one_tap(commands.Arrive())),
        (Do.LATE, _SCREEN),  # asks by how much: see below
        (Do.LATE_BY, _SCREEN),
        (Do.NOBODY, _one_tap(commands.FindNobody())),
        (Do.BACK, Action(commands.BringBack(_SAID), commands.BringBack())),
        (Do.IN_SHOP, _one_tap(commands.ComeBack())),
        (Do.PROOF, Action(commands.AttachProof(_SAID, _SAID))),
        (Do.SHOW_PROOF, _PAGE),
        (Do.CHOOSE_PROOF, _PAGE),
        (Do.PROOF_IS, _SCREEN),
        (Do.SHOW_WHERE, _PAGE),
        (Do.HIDE_WHERE, _SCREEN),
        (Do.STILL, Action(commands.NoteCall(_SAID, "", CallAnswer.ON_THE_WAY))),
        (Do.SAY, Action(commands.Say(_SAID), commands.Say())),
        (Do.NOTES, _PAGE),
        (Do.GIVE_TO, Action(part_of=Do.SAY)),
        (Do.WAIT, Action(part_of=Do.SAY)),
        (Do.ASK_PHONE, Action(commands.AskClientPhone(_SAID), commands.AskClientPhone())),
        (Do.ALLOW_PHONE, _one_tap(commands.AllowClientPhone())),
        (Do.REFUSE_PHONE, _one_tap(commands.RefuseClientPhone())),
        (Do.PHONE_SAID, Action(commands.NotePhoneCall(_SAID), commands.NotePhoneCall())),
        (Do.SEARCH, _one_tap(commands.Search())),
        (Do.CALLED_OFF, _one_tap(commands.CallOff())),
        (Do.CAME, _one_tap(commands.CourierCame())),
        (Do.COST, Action(commands.NoteCost(_SAID), commands.NoteCost())),
        (Do.ADDRESS, Action(part_of=Do.ADDRESS_IS)),
        (
            Do.ADDRESS_IS,
            Action(commands.FindAddress(_SOMEWHERE), commands.FindAddress()),
        ),
        (Do.ASKED, Action(commands.AskAddress(AddressSource.CLIENT))),
        (Do.ZONE_SAME, _one_tap(commands.CheckZone(other=False))),
        (Do.ZONE_OTHER, _one_tap(commands.CheckZone(other=True))),
        (Do.GUIDE, _PAGE),
        (Do.CLAIM, _PAGE),
        (Do.GIFT, Action(commands.GiveGift(_SAID))),
        (Do.ANY_CARD, _one_tap(commands.GiveGift(is_card=True))),
        (Do.FLAG, _PAGE),
        (Do.FLAG_LINE, _SCREEN),
        (Do.DISPUTE, Action(commands.OpenDispute(_SAID), commands.OpenDispute())),
        (Do.DISPUTE_SENT, _one_tap(commands.AnswerDispute())),
        (Do.DISPUTE_OVER, Action(commands.SettleDispute(_SAID), commands.SettleDispute())),
    ),
)
_WISHES = {button: action.wish for button, action in ACTIONS.items() if action.wish is not None}
_ASKED_AT_THE_DOOR = frozenset({
    Reason.CODE_NEEDED,
    Reason.PICKUP_CODE_NEEDED,
    Reason.HANDOVER_PHOTO_NEEDED,
})  # fmt: skip
"""Asked for after the tap (X25), so the step is offered while they are missing."""
_LATE = commands.SayLate(LATE_CHOICES[0])
_ON_WAY = frozenset({Do.ARRIVED, Do.LATE, Do.NOBODY, Do.BACK, Do.REFUSED})


@dataclass(frozen=True)
class Steps:
    """What a person may do with an order now, and why not: the one answer for cards, menus and taps.

    Each step is decided once, at the first question for it.
    """

    order: Order
    viewer: Actor
    rules: ShopRules
    now: datetime

    @cached_property
    def open(self) -> frozenset[Do]:
        """The steps that the viewer may take now, and the pages that they may read."""
        order, viewer = self.order, self.viewer
        steps = {do for do, wish in self._wishes.items() if self._may_be_open(wish) and self._is_open(do)}
        if Do.UNDO in steps and can_take_back(order, viewer, self.now, self.rules):
            steps.add(Do.TAKE_BACK)
        if order.progress.rating is not None:
            steps -= {Do.LIKED, Do.DISLIKED}
        if self._may_be_open(_LATE) and self.objection(Do.LATE) is None:
            steps.add(Do.LATE)
        if not order.with_third_party:
            steps.discard(Do.STILL)
        steps |= _answers_at_the_door(order, viewer) if Do.SAY in steps else set()
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

    def objection(self, do: Do) -> Refusal | None:
        """Why an old button is refused; None for an allowed step or page."""
        if do in {Do.LATE, Do.LATE_BY}:
            return self._refusal_of_late
        step = ACTIONS[do].part_of or do
        if step in self._wishes:
            return self._refusal(step)
        if ACTIONS[do].is_page and do not in _pages(self.order, self.viewer):
            return Refusal(Reason.NOT_YOURS, self.order.status)
        return None

    @property
    def told_too_far(self) -> Refusal | None:
        """The refusal of an undo because the marketplace knows the step; its text says what to do instead.

        None later than `SAID_FOR` after the step: whoever took it by mistake has read it by then.
        """
        if self.order.undo is None or self.now - self.order.undo.mark.at > SAID_FOR:
            return None
        refusal = self._refusal(Do.UNDO)
        return refusal if refusal is not None and refusal.reason is Reason.MARKETPLACE_KNOWS else None

    @cached_property
    def _wishes(self) -> dict[Do, commands.Command]:
        return _WISHES | {Do.IN_APP: commands.MarketplaceHas(to_mark(self.order))}

    @cached_property
    def _standing(self) -> frozenset[Party]:
        return parties(self.order, self.viewer)

    @cached_property
    def _decided(self) -> dict[Do, Refusal | None]:
        return {}

    def _may_be_open(self, wish: commands.Command) -> bool:
        """Looks into the status table first, which closes most steps and costs less than deciding them."""
        if isinstance(wish, commands.Undo):  # decided without the table
            return True
        move = TABLE.get((self.order.status, wish.step))
        return move is not None and not move.parties.isdisjoint(self._standing)

    def _is_open(self, do: Do) -> bool:
        return self._refusal(do) is None

    def _refusal(self, do: Do) -> Refusal | None:
        if do not in self._decided:
            self._decided[do] = self._decide(self._wishes[do])
        return self._decided[do]

    @cached_property
    def _refusal_of_late(self) -> Refusal | None:
        """The refusal of reporting lateness; None if only this lateness was already reported."""
        refused = self._decide(_LATE)
        is_one_more = refused is not None and refused.reason is Reason.ALREADY
        return None if is_one_more and self.order.status is Status.COURIER_LEFT else refused

    def _decide(self, wish: commands.Command) -> Refusal | None:
        try:
            decide(self.order, wish, self.viewer, self.now, self.rules)
        except Refusal as refused:
            return None if refused.reason in _ASKED_AT_THE_DOOR else refused
        return None


def offered(order: Order, viewer: Actor, rules: ShopRules, now: datetime) -> frozenset[Do]:
    """`Steps.open`, where nothing else is asked."""
    return Steps(order, viewer, rules, now).open


def objection(order: Order, do: Do, viewer: Actor, rules: ShopRules, now: datetime) -> Refusal | None:
    """`Steps.objection`, where nothing else is asked."""
    return Steps(order, viewer, rules, now).objection(do)


def _answers_at_the_door(order: Order, viewer: Actor) -> set[Do]:
    """A chief's one-tap answers to the shop's courier when nobody is at the door (R56, X19)."""
    is_asked = order.status is Status.COURIER_LEFT and order.progress.nobody_there is not None
    mine = parties(order, viewer)
    if not is_asked or not mine & {Party.DIRECTOR, Party.MANAGER} or Party.CARRIER in mine:
        return set()
    return {Do.WAIT, Do.GIVE_TO} if on_record(order, Topic.THIRD_PERSON) else {Do.WAIT}


def _is_chief(order: Order, viewer: Actor) -> bool:
    return bool(parties(order, viewer) & {Party.DIRECTOR, Party.MANAGER})


def _may_upload(order: Order, viewer: Actor) -> bool:
    return _is_chief(order, viewer) or Party.ASSIGNED_SELLER in parties(order, viewer)


def _pages_of_all(order: Order, viewer: Actor) -> set[Do]:
    standing = parties(order, viewer)
    pages = {Do.GUIDE} if viewer.role in STAFF_ROLES and standing else set()
    if standing - {Party.INVITED} and order.remarks:
        pages.add(Do.NOTES)
    if order.status is Status.COURIER_LEFT and Party.CARRIER in standing:
        pages.add(Do.SHOW_WHERE)
    return pages


def _pages(order: Order, viewer: Actor) -> set[Do]:
    pages = _pages_of_all(order, viewer)
    if may_contact(order, viewer):
        pages |= _pages_of_workers(order, viewer)
    if _is_chief(order, viewer):
        pages |= _pages_of_chiefs(order)
    return pages


def _pages_of_workers(order: Order, viewer: Actor) -> set[Do]:
    pages = {Do.CONTACT}
    if order.progress.photos:
        pages.add(Do.SHOW_PHOTO)
    if order.agreements or askable(order, viewer):
        pages.add(Do.AGREEMENTS)
    if order.with_third_party and not order.is_final:
        pages.add(Do.COURIER_TEXT)
    if order.proofs:
        pages.add(Do.SHOW_PROOF)
    return pages


def _pages_of_chiefs(order: Order) -> set[Do]:
    pages = {Do.HISTORY, Do.HISTORY_FILE, Do.PRINT}
    if not order.is_final:
        pages.add(Do.CHOOSE_PROOF)
    if order.details.papers:
        pages.add(Do.PAPERS)
    if not order.is_final and flaggable(order):
        pages.add(Do.FLAG)
    if order.progress.accepted is not None and not is_own(order.number):
        pages.add(Do.CLAIM)
    return pages
