"""Access to the client's phone in an emergency: who asks, who allows it, what was said (R82)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar

from orders.access.order_access import parties
from orders.model.numbers import is_own
from orders.model.order import Mark, Order
from orders.model.people import Actor, Party, Role
from orders.model.phone_access import PhoneAccess, PhoneCall
from orders.model.refusals import Reason, Refusal
from orders.model.rules import PhoneGate, ShopRules
from orders.model.status import Step
from orders.parsing.side_channels import without_phones
from orders.steps.decisions import BesideProgress, Rows, decided_by
from orders.steps.delivery.notes import Remarked

EventT = TypeVar("EventT")


@dataclass(frozen=True, slots=True)
class AskClientPhone:
    """Asks for the phone because the marketplace's chat does not work. `reason` is required."""

    step: ClassVar[Step] = Step.ASK_PHONE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PhoneAsked(BesideProgress):
    """Somebody asked for the client's phone."""

    step: ClassVar[Step] = Step.ASK_PHONE
    mark: Mark
    reason: str

    def recorded_in(self, order: Order) -> Order:
        asked = PhoneAccess(self.mark, self.reason)
        return replace(order, phone_accesses=(*order.phone_accesses, asked))


def _ask(order: Order, command: AskClientPhone, mark: Mark, rules: ShopRules) -> PhoneAsked | PhoneAllowed:
    if not order.details.client.phone.strip():
        raise Refusal(Reason.NO_PHONE, order.status)
    actor = Actor(mark.role, mark.staff_id, shop_id=order.shop_id)
    open_one, waiting = access_of(order, actor, mark.at), pending(order)
    if open_one is not None or waiting is not None or may_read_phone(order, actor, mark.at):
        raise Refusal(Reason.ALREADY, order.status, waiting.asked if waiting else None)
    reason = command.reason.strip()
    if not reason:
        raise Refusal(Reason.PHONE_REASON_NEEDED, order.status)
    if may_allow(order, actor, rules):
        return _allowed(mark, mark, reason, rules)
    return PhoneAsked(mark, reason)


@dataclass(frozen=True, slots=True)
class AllowClientPhone:
    """Shows the number to both persons for the time set in the shop's rules."""

    step: ClassVar[Step] = Step.ALLOW_PHONE


@dataclass(frozen=True, slots=True)
class PhoneAllowed(BesideProgress):
    """`asked` and `mark` may read the number until `until`."""

    step: ClassVar[Step] = Step.ALLOW_PHONE
    mark: Mark
    asked: Mark
    reason: str
    until: datetime

    def recorded_in(self, order: Order) -> Order:
        known = order.phone_accesses
        answered = known[:-1] if known and known[-1].is_pending else known
        access = PhoneAccess(self.asked, self.reason, self.mark, self.until)
        return replace(order, phone_accesses=(*answered, access))


def _allow(order: Order, _command: AllowClientPhone, mark: Mark, rules: ShopRules) -> PhoneAllowed:
    asked = _to_answer(order)
    _check_gate(order, mark, rules)
    return _allowed(mark, asked.asked, asked.reason, rules)


@dataclass(frozen=True, slots=True)
class RefuseClientPhone:
    """Keeps the number hidden."""

    step: ClassVar[Step] = Step.REFUSE_PHONE


@dataclass(frozen=True, slots=True)
class PhoneRefused(BesideProgress):
    """The request was refused; the number stays hidden."""

    step: ClassVar[Step] = Step.REFUSE_PHONE
    mark: Mark

    def recorded_in(self, order: Order) -> Order:
        *answered, asked = order.phone_accesses
        if not asked.is_pending:
            answered.append(asked)
        return replace(order, phone_accesses=(*answered, replace(asked, refused=self.mark)))


def _refuse(order: Order, _command: RefuseClientPhone, mark: Mark, rules: ShopRules) -> PhoneRefused:
    _to_answer(order)
    _check_gate(order, mark, rules)
    return PhoneRefused(mark)


@dataclass(frozen=True, slots=True)
class NotePhoneCall:
    """Records what the client said on the phone. `words` are required."""

    step: ClassVar[Step] = Step.NOTE_PHONE_CALL
    words: str = ""


@dataclass(frozen=True, slots=True)
class PhoneCallNoted(BesideProgress):
    """What the client said on the phone; an undo does not remove it (R82)."""

    step: ClassVar[Step] = Step.NOTE_PHONE_CALL
    mark: Mark
    words: str

    def recorded_in(self, order: Order) -> Order:
        return replace(order, phone_accesses=_with_call(order.phone_accesses, self))


def _note(order: Order, command: NotePhoneCall, mark: Mark, _rules: ShopRules) -> PhoneCallNoted:
    if not any(one.was_shown_to(mark.staff_id) for one in order.phone_accesses):
        raise Refusal(Reason.NOT_NOW, order.status)
    words = command.words.strip()
    if not words:
        raise Refusal(Reason.PHONE_CALL_NEEDED, order.status)
    return PhoneCallNoted(mark, words)


def pending(order: Order) -> PhoneAccess | None:
    """The request that has not been answered; None if there is none."""
    last = order.phone_accesses[-1] if order.phone_accesses else None
    return last if last is not None and last.is_pending and not order.is_final else None


def access_of(order: Order, actor: Actor, now: datetime) -> PhoneAccess | None:
    """The access by which this person may read the client's phone now; None if there is none."""
    if order.is_final or not parties(order, actor):
        return None
    found = (one for one in reversed(order.phone_accesses) if one.shows_to(actor.staff_id, now))
    return next(found, None)


def may_read_phone(order: Order, actor: Actor, now: datetime) -> bool:
    """Whether this person may read the client's phone.

    Chiefs always may for the shop's own orders, whose clients have no other chat.
    """
    return (is_own(order.number) and _is_chief(order, actor)) or access_of(order, actor, now) is not None


def without_client_phone(order: Order) -> Order:
    """The order without the client's phone, in its notes too, for those who may not read it."""
    client = replace(order.details.client, phone="")
    phones = (order.details.client.phone,)
    remarks = tuple(replace(one, words=without_phones(one.words, phones)) for one in order.remarks)
    return replace(order, details=replace(order.details, client=client), remarks=remarks)


def without_phone_in_note(order: Order, event: EventT, actor: Actor, now: datetime) -> EventT:
    """An event of the history without the client's phone in its note, for those who may not read it."""
    if not isinstance(event, Remarked) or may_read_phone(order, actor, now):
        return event
    words = without_phones(event.remark.words, (order.details.client.phone,))
    return replace(event, remark=replace(event.remark, words=words))


def may_hold_phones(actor: Actor, rules: ShopRules) -> bool:
    """Whether this chief's pack for the day has clients' phones, for when nothing else works (X9).

    Not if the shop's rule reserves them for its directors.
    """
    return rules.phone_gate is not PhoneGate.DIRECTORS or actor.role is Role.DIRECTOR


def without_phone_in_pack(order: Order) -> Order:
    """The order in the pack of those who may not read these numbers."""
    return order if is_own(order.number) else without_client_phone(order)


def _with_call(known: tuple[PhoneAccess, ...], event: PhoneCallNoted) -> tuple[PhoneAccess, ...]:
    """Adds the call to the newest access of the person who notes it."""
    place = max(at for at, one in enumerate(known) if one.was_shown_to(event.mark.staff_id))
    noted = replace(known[place], calls=(*known[place].calls, PhoneCall(event.words, event.mark)))
    return (*known[:place], noted, *known[place + 1 :])


def may_allow(order: Order, actor: Actor, rules: ShopRules) -> bool:
    """Whether this person may show the number, and so needs no permission, by the shop's rule (R82)."""
    mine = parties(order, actor)
    if rules.phone_gate is PhoneGate.DIRECTORS:
        return Party.DIRECTOR in mine
    allowed = {Party.DIRECTOR, Party.MANAGER}
    if rules.phone_gate is PhoneGate.SELLER:
        allowed.add(Party.ASSIGNED_SELLER)
    return bool(mine & allowed)


def _check_gate(order: Order, mark: Mark, rules: ShopRules) -> None:
    if not may_allow(order, Actor(mark.role, mark.staff_id, shop_id=order.shop_id), rules):
        raise Refusal(Reason.PHONE_OF_DIRECTORS, order.status)


def _is_chief(order: Order, actor: Actor) -> bool:
    return bool(parties(order, actor) & {Party.DIRECTOR, Party.MANAGER})


def _to_answer(order: Order) -> PhoneAccess:
    waiting = pending(order)
    if waiting is not None:
        return waiting
    last = order.phone_accesses[-1] if order.phone_accesses else None
    if last is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    raise Refusal(Reason.ALREADY, order.status, last.allowed or last.refused)


def _allowed(mark: Mark, asked: Mark, reason: str, rules: ShopRules) -> PhoneAllowed:
    return PhoneAllowed(mark, asked, reason, mark.at + timedelta(minutes=rules.phone_minutes))


Command = AskClientPhone | AllowClientPhone | RefuseClientPhone | NotePhoneCall
Event = PhoneAsked | PhoneAllowed | PhoneRefused | PhoneCallNoted

DECISIONS: Rows[Event] = (
    decided_by(AskClientPhone, _ask),
    decided_by(AllowClientPhone, _allow),
    decided_by(RefuseClientPhone, _refuse),
    decided_by(NotePhoneCall, _note),
)

__all__ = [
    "AllowClientPhone",
    "AskClientPhone",
    "NotePhoneCall",
    "PhoneAllowed",
    "PhoneAsked",
    "PhoneCallNoted",
    "PhoneRefused",
    "RefuseClientPhone",
]
