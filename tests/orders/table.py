"""The status table of the design, written by hand; the tests compare the code with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from orders.model import after_delivery as disputes
from orders.model import gifts
from orders.model import phone_access as phones
from orders.model.delivery_facts import (
    AddressSource,
    CallAnswer,
    CourierSearch,
    FoundAddress,
    SecondCourier,
)
from orders.model.money import Money
from orders.model.order import (
    Agreement,
    Carrier,
    CarrierKind,
    Doubt,
    DoubtKind,
    Handover,
    Order,
    Progress,
    Proposal,
    Seller,
    Topic,
)
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.rules import HandoverProof
from orders.model.status import Status, Step
from orders.photo.checklist import checklist
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps.commands import Command
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    CLIENT,
    COMPLETED,
    COURIER,
    DECLINED,
    DIRECTOR,
    DISPATCHED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    REFUSED,
    SELLER,
    Given,
    a_mark,
    an_order,
    some_details,
)

SAME = ""
CHIEFS = "director manager"
WORKERS = f"{CHIEFS} seller"

ROWS = (
    # from, command, to, who
    ("new", "accept", "accepted", f"{CHIEFS} marketplace"),
    ("new accepted photo", "decline", "declined", CHIEFS),
    ("new accepted photo", "cancel", "cancelled", f"{CHIEFS} client marketplace"),
    ("accepted photo", "attach_photo", "photo", WORKERS),
    ("accepted photo", "check", SAME, WORKERS),
    ("photo", "take_photos_away", "accepted", WORKERS),
    ("photo", "rate", "photo", f"{WORKERS} client marketplace"),
    ("accepted photo", "dispatch", "courier_left", f"{WORKERS} courier marketplace"),
    ("accepted photo courier_left returning", "say", SAME, f"{WORKERS} courier"),
    (
        "new accepted photo courier_left returning done cancelled declined",
        "note",
        SAME,
        f"{WORKERS} courier",
    ),
    ("accepted photo", "hand_to_third_party", SAME, WORKERS),
    ("accepted photo", "pick_up", SAME, WORKERS),
    ("courier_left", "complete", "done", f"{WORKERS} courier marketplace"),
    # People only with a third party or as a pick-up; the marketplace in any case.
    ("accepted photo", "complete", "done", f"{WORKERS} marketplace"),
    ("returning", "complete", "done", "marketplace"),
    ("courier_left", "recipient_refused", "returning", f"{CHIEFS} courier"),
    ("returning", "redispatch", "courier_left", CHIEFS),
    ("courier_left returning", "cancel", "cancelled", f"{CHIEFS} client marketplace"),
    # The design calls these marks and has no rows for them; these rows define who may set them.
    ("accepted photo", "assign_seller", SAME, CHIEFS),
    ("accepted photo", "assign_courier", SAME, WORKERS),
    ("returning", "assign_courier", SAME, CHIEFS),
    ("accepted photo", "offer", SAME, WORKERS),
    ("accepted photo", "take", SAME, "courier other_courier"),
    ("accepted photo", "give_back", SAME, "courier"),
    ("accepted photo", "note_call", SAME, WORKERS),
    ("accepted photo", "search", SAME, WORKERS),
    ("accepted photo", "ask_address", SAME, WORKERS),
    ("accepted photo", "find_address", SAME, WORKERS),
    ("courier_left", "find_address", SAME, f"{WORKERS} courier"),
    ("accepted photo", "check_zone", SAME, WORKERS),
    ("accepted photo", "call_off", SAME, WORKERS),
    ("accepted photo courier_left", "tell_support", SAME, WORKERS),
    ("accepted photo courier_left", "courier_came", SAME, WORKERS),
    ("accepted photo courier_left returning done", "note_cost", SAME, WORKERS),
    ("courier_left", "arrive", SAME, "courier"),
    ("courier_left", "say_late", SAME, f"{CHIEFS} courier"),
    ("courier_left", "find_nobody", SAME, f"{CHIEFS} courier"),
    ("courier_left", "attach_proof", SAME, f"{CHIEFS} courier"),
    ("done", "attach_proof", SAME, f"{WORKERS} courier"),
    ("new accepted photo courier_left returning", "choose_proof", SAME, CHIEFS),
    ("accepted photo", "say_code", SAME, WORKERS),
    ("courier_left", "say_code", SAME, f"{WORKERS} courier"),
    ("courier_left", "bring_back", "returning", f"{CHIEFS} courier"),
    ("returning", "come_back", SAME, f"{WORKERS} courier"),
    ("accepted photo", "release", SAME, WORKERS),  # releases the seller; sellers may release themselves
    ("cancelled declined", "hide", SAME, CHIEFS),
    ("new accepted photo courier_left returning", "amend", SAME, f"{CHIEFS} marketplace"),
    ("done cancelled declined", "amend", SAME, "marketplace"),  # fields that could not be parsed before
    ("new accepted photo courier_left returning", "raise_doubt", SAME, "marketplace"),
    ("new accepted photo courier_left returning", "carry_on", SAME, f"{CHIEFS} marketplace"),
    ("new", "marketplace_has", SAME, "marketplace"),  # no person has taken a step yet that could be reported
    ("accepted photo courier_left returning", "propose", SAME, WORKERS),
    ("accepted photo courier_left returning", "answer", SAME, f"{WORKERS} client"),
    ("accepted photo courier_left returning", "withdraw", SAME, WORKERS),
    ("accepted photo courier_left returning", "ask_phone", SAME, WORKERS),
    ("accepted photo courier_left returning", "allow_phone", SAME, CHIEFS),
    ("accepted photo courier_left returning", "refuse_phone", SAME, CHIEFS),
    ("accepted photo courier_left returning done", "agreed_in_app", SAME, WORKERS),
    ("accepted photo courier_left returning done", "extra_paid", SAME, WORKERS),
    ("accepted photo", "give_gift", SAME, WORKERS),
    ("accepted photo", "take_gift_out", SAME, WORKERS),
    ("new accepted photo courier_left returning", "flag_line", SAME, CHIEFS),
    ("done", "dispute", SAME, f"{CHIEFS} client"),
    ("done", "answer_dispute", SAME, CHIEFS),
    ("done", "settle_dispute", SAME, CHIEFS),
    ("accepted photo courier_left returning done", "note_phone_call", SAME, WORKERS),
    ("cancelled", "see_stop", SAME, f"{CHIEFS} courier"),
    ("photo courier_left returning", "photo_shown", SAME, "client"),
    (
        "accepted photo courier_left returning done cancelled declined",
        "marketplace_has",
        SAME,
        f"{WORKERS} courier marketplace",
    ),
)
"""Undo is not in the table. The marketplace reports the client's rating from its app."""

PEOPLE: Mapping[str, Actor] = {
    "director": DIRECTOR,
    "manager": MANAGER,
    "seller": SELLER,
    "other seller": Actor(Role.SELLER, 5, "Вера", shop_id=1),
    "courier": COURIER,
    "other courier": Actor(Role.COURIER, 6, "Иван", shop_id=1),
    "client": CLIENT,
    "marketplace": MARKETPLACE,
    "director of another shop": Actor(Role.DIRECTOR, 7, "Зоя", shop_id=2),
    "manager of another shop": Actor(Role.MANAGER, 8, "Юля", shop_id=2),
    # The same person acting in another of their shops has no role for this order.
    "seller in her other shop": replace(SELLER, shop_id=2),
}
"""All actors for an order that Оля assembles and Пётр delivers."""

COMMANDS: Mapping[Step, Command] = {
    Step.ACCEPT: do.Accept(),
    Step.DECLINE: do.Decline("нет пионов"),
    Step.CANCEL: do.Cancel("передумал"),
    Step.ASSIGN_SELLER: do.AssignSeller(5, "Вера"),
    Step.ASSIGN_COURIER: do.AssignCourier(6, "Иван"),
    Step.RELEASE: do.Release(3),
    Step.ATTACH_PHOTO: do.AttachPhoto("cd" * 32, "2026/03/1/2-cdcd.jpg"),
    Step.TAKE_PHOTOS_AWAY: do.TakePhotosAway((1,), "25836185"),
    Step.CHECK: do.CheckOff(checklist(some_details())),
    Step.RATE: do.Rate(liked=True),
    Step.DISPATCH: do.Dispatch(by_self=False, reason="клиент спешит"),
    Step.HAND_TO_THIRD_PARTY: do.HandToThirdParty("Такси", "+79160000099"),
    Step.PICK_UP: do.PickUp("клиент спешит"),
    Step.COMPLETE: do.Complete(
        Handover.IN_PERSON, reason="Пётр без связи", without_photo="спешит", without_proof="нет кода"
    ),
    Step.RECIPIENT_REFUSED: do.RecipientRefused("не ждёт"),
    Step.REDISPATCH: do.Redispatch("соседке, кв 14", same_address=True),
    Step.HIDE: do.Hide(),
    Step.AMEND: do.Amend(some_details(shop_note="ленту не класть")),
    Step.RAISE_DOUBT: do.RaiseDoubt(DoubtKind.GONE),
    Step.CARRY_ON: do.CarryOn(),
    Step.FLAG_LINE: do.FlagLine("Не звонить в дверь"),
    Step.MARKETPLACE_HAS: do.MarketplaceHas(Status.ACCEPTED),
    Step.PHOTO_SHOWN: do.PhotoShown("ab" * 32),
    Step.PROPOSE: do.Propose(Topic.WINDOW, "на час позже"),
    Step.ANSWER: do.AnswerProposal(1, agreed=True, words="да"),
    Step.WITHDRAW: do.Withdraw(1, "передумали"),
    Step.AGREED_IN_APP: do.AgreedInApp(1),
    Step.EXTRA_PAID: do.ExtraPaid(1),
    Step.SEE_STOP: do.SeeStop(),
    Step.ASK_PHONE: do.AskClientPhone("чат не открывается"),
    Step.ALLOW_PHONE: do.AllowClientPhone(),
    Step.NOTE_PHONE_CALL: do.NotePhoneCall("согласен на час позже"),
    Step.REFUSE_PHONE: do.RefuseClientPhone(),
    Step.GIVE_GIFT: do.GiveGift("конфеты"),
    Step.TAKE_GIFT_OUT: do.TakeGiftOut(),
    Step.DISPUTE: do.OpenDispute("завяли"),
    Step.ANSWER_DISPUTE: do.AnswerDispute(),
    Step.SETTLE_DISPUTE: do.SettleDispute("замена"),
    Step.OFFER: delivery.OfferToCouriers(),
    Step.TAKE: delivery.TakeOffer(),
    Step.GIVE_BACK: delivery.GiveBack("не успеваю"),
    Step.ARRIVE: delivery.Arrive(),
    Step.SAY_LATE: delivery.SayLate(15),
    Step.FIND_NOBODY: delivery.FindNobody(),
    Step.BRING_BACK: delivery.BringBack("адрес неверный"),
    Step.COME_BACK: delivery.ComeBack(),
    Step.ATTACH_PROOF: delivery.AttachProof("ef" * 32, "2026/03/1/1-efef.jpg"),
    Step.CHOOSE_PROOF: delivery.ChooseProof(HandoverProof.PHOTO),
    Step.SAY_CODE: delivery.SayCode("0421"),
    Step.SAY: delivery.Say("домофон не работает"),
    Step.NOTE: delivery.Note("белую ленту"),
    Step.SEARCH: delivery.Search(),
    Step.ASK_ADDRESS: delivery.AskAddress(AddressSource.CLIENT),
    Step.FIND_ADDRESS: delivery.FindAddress("Садовая 5, кв 12"),
    Step.CHECK_ZONE: delivery.CheckZone(other=False),
    Step.CALL_OFF: delivery.CallOff(),
    Step.TELL_SUPPORT: delivery.TellSupport(),
    Step.COURIER_CAME: delivery.CourierCame(),
    Step.NOTE_COST: delivery.NoteCost("400 ₽"),
    Step.NOTE_CALL: delivery.NoteCall("Глеб", "+79160000098", CallAnswer.CANNOT),
}
"""Each command with all optional words, so that only the table can refuse it."""

_LEFT = (ACCEPTED, PHOTO_ATTACHED, DISPATCHED)
_WAYS: Mapping[Status, tuple[Given, ...]] = {
    Status.NEW: (),
    Status.ACCEPTED: (ACCEPTED,),
    Status.PHOTO: (ACCEPTED, PHOTO_ATTACHED),
    Status.COURIER_LEFT: _LEFT,
    Status.RETURNING: (*_LEFT, REFUSED),
    Status.DONE: (*_LEFT, COMPLETED),
    Status.CANCELLED: (CANCELLED,),
    Status.DECLINED: (DECLINED,),
}
_THIRD_PARTY = Carrier(CarrierKind.THIRD_PARTY, "Такси", phone="+79160000099")


_PROPOSED = Agreement(1, Proposal(Topic.SURCHARGE, "срочность", extra=Money(50_000)), a_mark(SELLER))
_AGREED = replace(_PROPOSED, answered=a_mark(CLIENT), agreed=True)
_PENDING = (phones.PhoneAccess(a_mark(SELLER), "чат не открывается"),)
_PHONES: Mapping[Step, tuple[phones.PhoneAccess, ...]] = {
    Step.ALLOW_PHONE: _PENDING,
    Step.REFUSE_PHONE: _PENDING,
    Step.NOTE_PHONE_CALL: tuple(
        phones.PhoneAccess(a_mark(one), "чат не открывается", a_mark(one))
        for one in (DIRECTOR, MANAGER, SELLER)
    ),
}
"""Phone requests needed before a step; only people who have seen the phone may note a call."""
_SEARCHED = frozenset({Step.CALL_OFF, Step.TELL_SUPPORT, Step.COURIER_CAME, Step.NOTE_COST})
_ASKED: Mapping[Step, Agreement] = {
    Step.ANSWER: _PROPOSED,
    Step.WITHDRAW: _PROPOSED,
    Step.AGREED_IN_APP: _AGREED,
    Step.EXTRA_PAID: replace(_AGREED, in_app=a_mark(MANAGER)),
}
"""The agreement that must exist before a step."""


@dataclass(frozen=True, slots=True)
class Row:
    """One status and step of the table; `who` are keys of PEOPLE."""

    at: Status
    step: Step
    to: Status
    who: frozenset[str]


def _rows() -> Iterator[Row]:
    for froms, step, to, who in ROWS:
        for at in froms.split():
            names = frozenset(name.replace("_", " ") for name in who.split())
            yield Row(Status(at), Step(step), Status(to or at), names)


TABLE: Mapping[tuple[Status, Step], Row] = {(row.at, row.step): row for row in _rows()}


@cache
def at(status: Status, step: Step | None = None) -> Order:
    """An order in this status, with seller and courier, prepared for the step.

    Before "courier left" only an order with a third party, or a pick-up, can be completed.
    """
    order = an_order(*_WAYS[status], seller=Seller(3, "Оля"), carrier=Carrier(CarrierKind.COURIER, "Пётр", 4))
    if step in {Step.ANSWER_DISPUTE, Step.SETTLE_DISPUTE} and status is Status.DONE:
        order = replace(order, disputes=(disputes.Dispute(a_mark(CLIENT), "завяли", 1, NOON),))
    if step is Step.SAY_CODE:
        order = replace(order, code="0421", proof=HandoverProof.CODE)
    if step is Step.TAKE_GIFT_OUT:
        order = replace(order, gifts=(gifts.Gift("конфеты", None, a_mark(SELLER)),))
    if step is not None and step in _PHONES:
        order = replace(order, phone_accesses=_PHONES[step])
    if step in {Step.ASK_ADDRESS, Step.FIND_ADDRESS}:
        return replace(order, details=replace(order.details, address=""))
    if step is not None and step in _SEARCHED:
        second = SecondCourier(a_mark(SELLER)) if step is Step.NOTE_COST else None
        search = CourierSearch(a_mark(SELLER))
        return replace(order, progress=replace(order.progress, search=search, second=second))
    if step is Step.CARRY_ON:
        return replace(order, doubt=Doubt(DoubtKind.STRANGE, "8", a_mark()))
    if step is not None and step in _ASKED:
        return replace(order, agreements=(_ASKED[step],))
    if step is Step.SEE_STOP and status is Status.CANCELLED:
        return replace(order, progress=replace(order.progress, dispatched=a_mark()))
    return replace(order, progress=_progress(order, status, step))


def _progress(order: Order, status: Status, step: Step | None) -> Progress:
    """The progress prepared for the step."""
    if step is Step.CHECK_ZONE:
        return replace(order.progress, address_found=FoundAddress(a_mark(SELLER)))
    if step is Step.TAKE:
        return replace(order.progress, carrier=None, offered=a_mark(SELLER))
    if step in {Step.COMPLETE, Step.PICK_UP} and status in (Status.ACCEPTED, Status.PHOTO):
        return replace(order.progress, carrier=_THIRD_PARTY)
    return order.progress
