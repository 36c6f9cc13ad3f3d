"""Builders of orders, people and times for tests: set what matters, the rest has defaults."""
# ruff: noqa: ANN401 - builders accept changes of fields of any type

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from orders.goods.products import Product
from orders.model.delivery_facts import AddressSource, CallAnswer
from orders.model.details import Details, Line, Person, Window
from orders.model.money import Money
from orders.model.order import DoubtKind, Handover, Mark, Order, Progress, Topic
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.rules import HandoverProof, ShopRules
from orders.model.status import Status
from orders.photo.checklist import checklist
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps import flow
from orders.steps.commands import Command
from orders.steps.events import Event, Received

NOON = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
"""Noon in Moscow on the busiest day of the year: the `now` of most tests."""

RULES = ShopRules(early_minutes=24 * 60)
"""Rules that allow early deliveries, because the builders' stories end long before the window."""

DIRECTOR = Actor(Role.DIRECTOR, 1, "Ирина", shop_id=1)
MANAGER = Actor(Role.MANAGER, 2, "Анна", shop_id=1)
SELLER = Actor(Role.SELLER, 3, "Оля", shop_id=1)
COURIER = Actor(Role.COURIER, 4, "Пётр", shop_id=1)
CLIENT = Actor(Role.CLIENT, name="Игорь", order_id=0)
"""The client of orders from `an_order`; for stored orders use `client_of(order.id)`."""

_numbers = count(25_836_184)

Given = tuple[Command, Actor]
"""A command and its actor."""


def minutes(amount: float) -> timedelta:
    return timedelta(minutes=amount)


def a_line(**changes: Any) -> Line:
    """One line of a composition; by default fifteen peonies."""
    return replace(Line("Пионы «Облако» 15 шт", paid=Money(490_000)), **changes)


def a_product(**changes: Any) -> Product:
    """A product of shop 1, in sync with the marketplace."""
    product = Product(0, 1, "p-15", "Пионы «Облако» 15 шт", Money(490_000), marketplace_id=501)
    return replace(product, **changes)


def a_window(start: datetime = NOON + timedelta(hours=2), hours: float = 1) -> Window:
    return Window(start, start + timedelta(hours=hours))


def some_details(**changes: Any) -> Details:
    """Details with all fields filled in."""
    details = Details(
        lines=(a_line(), a_line(name="Открытка", paid=Money(0), is_addon=True)),
        window=a_window(),
        address="Лесная 5, кв 12, домофон 12К",
        courier_note="Не звонить в дверь",
        card_text="С днём рождения, мама",
        client=Person("Игорь", "+79160000001"),
        recipient=Person("Мария", "+79160000002"),
        paid=Money(490_000),
    )
    return replace(details, **changes)


def a_mark(actor: Actor = MARKETPLACE, at: datetime = NOON) -> Mark:
    return Mark(at, actor.role, actor.staff_id, actor.name)


def a_receipt(at: datetime = NOON, number: str = "", **details: Any) -> Received:
    """The first event of an order from the marketplace."""
    return Received(a_mark(at=at), number or str(next(_numbers)), some_details(**details), "0421")


def an_order(*commands: Given, **changes: Any) -> Order:
    """A new order after these commands, one per minute.

    `changes` are fields of Order, of its Details or of its Progress, matched by name:
    `an_order((Accept(), MANAGER), number="1", address="")`. They apply before the first command. Order and
    people of this module belong to shop 1.
    """
    return a_story(*commands, **changes)[0]


def a_story(*commands: Given, **changes: Any) -> tuple[Order, list[Event]]:
    """An order like `an_order`'s, and its events, beginning with Received."""
    at = changes.get("placed_at", NOON)
    received = a_receipt(at, changes.get("number", ""), **_named(changes, Details))
    order = replace(flow.receive(0, 1, received, at), **_named(changes, Order) | {"number": received.number})
    order = replace(order, progress=replace(order.progress, **_named(changes, Progress)))
    events: list[Event] = [received]
    for minute, (command, actor) in enumerate(commands, start=1):
        event = flow.decide(order, command, _its(order, actor), at + minutes(minute), RULES)
        order = flow.apply(order, event)
        events.append(event)
    return order, events


def _its(order: Order, actor: Actor) -> Actor:
    """Make a client the client of this order."""
    return replace(actor, order_id=order.id) if actor.role is Role.CLIENT else actor


def _named(changes: dict[str, Any], kind: type[Order | Details | Progress]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in changes.items() if name in names}


ACCEPTED: Given = (do.Accept(), MANAGER)
SELLER_ASSIGNED: Given = (do.AssignSeller(3, "Оля"), MANAGER)
COURIER_ASSIGNED: Given = (do.AssignCourier(4, "Пётр"), MANAGER)
RELEASED: Given = (do.Release(3), MANAGER)
PHOTO_ATTACHED: Given = (do.AttachPhoto("ab" * 32, "2026/03/1/1-abab.jpg"), SELLER)
PHOTO_SEEN: Given = (do.PhotoShown("ab" * 32), CLIENT)
CHECKED: Given = (do.CheckOff(checklist(some_details())), SELLER)
TAKEN_AWAY: Given = (do.TakePhotosAway((1,), "25836185"), SELLER)
RATED: Given = (do.Rate(liked=False, complaint="Где открытка?"), CLIENT)
DISPATCHED: Given = (do.Dispatch(by_self=False, reason="клиент торопится"), SELLER)
REFUSED: Given = (do.RecipientRefused("не ждёт"), COURIER)
REDISPATCHED: Given = (do.Redispatch("соседке, кв 14", same_address=True), MANAGER)
COMPLETED: Given = (
    do.Complete(Handover.THIRD_PERSON, "соседка", agreed_with_client=True, agreed_words="да", early="да"),
    COURIER,
)
CANCELLED: Given = (do.Cancel("передумал"), CLIENT)
DECLINED: Given = (do.Decline("нет пионов"), MANAGER)
HIDDEN: Given = (do.Hide(), MANAGER)
THIRD_PARTY: Given = (do.HandToThirdParty("Такси", "+79160000099"), MANAGER)
PICKED_UP: Given = (do.PickUp(), MANAGER)
AMENDED: Given = (do.Amend(some_details(address="Садовая 7")), MARKETPLACE)
MARKETPLACE_TOLD: Given = (do.MarketplaceHas(Status.ACCEPTED), MARKETPLACE)
DOUBT_RAISED: Given = (do.RaiseDoubt(DoubtKind.GONE), MARKETPLACE)
CARRIED_ON: Given = (do.CarryOn(), MANAGER)
ASKED_FOR_MORE: Given = (do.Propose(Topic.SURCHARGE, "500 ₽ за срочность"), SELLER)
AGREED: Given = (do.AnswerProposal(1, agreed=True, words="да, хорошо"), CLIENT)
BILL_SENT: Given = (do.AgreedInApp(1), MANAGER)
EXTRA_PAID: Given = (do.ExtraPaid(1), MANAGER)
WITHDRAWN: Given = (do.Withdraw(1, "справимся сами"), MANAGER)
STOP_SEEN: Given = (do.SeeStop(), COURIER)
OFFERED: Given = (delivery.OfferToCouriers(), SELLER)
TAKEN: Given = (delivery.TakeOffer(), COURIER)
GIVEN_BACK: Given = (delivery.GiveBack("машина сломалась"), COURIER)
ARRIVED: Given = (delivery.Arrive(), COURIER)
SAID_LATE: Given = (delivery.SayLate(15), COURIER)
NOBODY_THERE: Given = (delivery.FindNobody(), COURIER)
BROUGHT_BACK: Given = (delivery.BringBack("никого нет"), COURIER)
CAME_BACK: Given = (delivery.ComeBack(), SELLER)
PROOF_ATTACHED: Given = (delivery.AttachProof("cd" * 32, "2026/03/1/1-cdcd.jpg"), COURIER)
CODE_CHOSEN: Given = (delivery.ChooseProof(HandoverProof.CODE), DIRECTOR)
WRONG_CODE: Given = (delivery.SayCode("1111"), COURIER)
COMPLAINED: tuple[Given, ...] = (
    (do.OpenDispute("1 звезда: завяли"), CLIENT),
    (do.AnswerDispute(), MANAGER),
    (do.SettleDispute("замена"), MANAGER),
)
PHONE_ASKED: Given = (do.AskClientPhone("чат не открывается"), SELLER)
CALL_NOTED: Given = (delivery.NoteCall("Глеб", "+79160000098", CallAnswer.NO_ANSWER), SELLER)
REMARKED: Given = (delivery.Say("где ключ?"), COURIER)
UNDONE: Given = (do.Undo("не туда нажала"), MANAGER)

ON_THE_WAY = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED, RATED, DISPATCHED)
TO_THE_DOOR = (
    OFFERED,
    TAKEN,
    GIVEN_BACK,
    OFFERED,
    TAKEN,
    DISPATCHED,
    SAID_LATE,
    ARRIVED,
    NOBODY_THERE,
    PROOF_ATTACHED,
)
BY_THE_COURIERS = (
    ACCEPTED,
    SELLER_ASSIGNED,
    PHOTO_ATTACHED,
    CALL_NOTED,
    *TO_THE_DOOR,
    BROUGHT_BACK,
    CAME_BACK,
)
"""Offered to all couriers, taken, given back, taken again, and brought back because nobody was there."""
PHONE_SHOWN: Given = (do.AskClientPhone("чат не открывается"), MANAGER)
AMENDED_AWAY: Given = (do.Amend(some_details(address="")), MARKETPLACE)
ADDRESS_FOUND: tuple[Given, ...] = (
    (delivery.AskAddress(AddressSource.CLIENT), MANAGER),
    (delivery.FindAddress("Садовая 5, кв 12"), MANAGER),
    (delivery.CheckZone(other=True), MANAGER),
)
"""The missing address is found, and lies in another zone (X24)."""
SEARCHED_IN_VAIN: tuple[Given, ...] = (
    (delivery.Search(), SELLER),
    (delivery.TellSupport(), SELLER),
    (do.HandToThirdParty("Глеб", "+79160000098", two_couriers="поддержка сняла своего"), SELLER),
    (delivery.CourierCame(), SELLER),
    (delivery.NoteCost("400 ₽"), MANAGER),
)
"""The marketplace finds no courier, a spare one is given the order, and then its courier comes (R86-R88)."""
LONG_WAY = (*ON_THE_WAY, REFUSED, REDISPATCHED, COMPLETED)
"""Most steps that fit into one order: `an_order(*LONG_WAY)`."""


def one_of_each() -> list[Event]:
    """One event of every kind, created by the flow."""
    stories = (
        LONG_WAY,
        (DECLINED, HIDDEN),
        (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN),
        BY_THE_COURIERS,
        (CANCELLED,),
        (*ON_THE_WAY, CANCELLED, STOP_SEEN),
        (ACCEPTED, SELLER_ASSIGNED, ASKED_FOR_MORE, AGREED, BILL_SENT, EXTRA_PAID),
        (ACCEPTED, SELLER_ASSIGNED, ASKED_FOR_MORE, WITHDRAWN),
        (ACCEPTED, SELLER_ASSIGNED, CHECKED, PHOTO_ATTACHED, TAKEN_AWAY),
        (ACCEPTED, SELLER_ASSIGNED, RELEASED),
        (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, THIRD_PARTY, PICKED_UP),
        (ACCEPTED, COURIER_ASSIGNED, REMARKED),
        (ACCEPTED, SELLER_ASSIGNED, PHONE_ASKED, (do.RefuseClientPhone(), MANAGER)),
        (ACCEPTED, SELLER_ASSIGNED, PHONE_ASKED, (do.AllowClientPhone(), MANAGER)),
        (ACCEPTED, (do.FlagLine("Не звонить в дверь"), MANAGER)),
        (ACCEPTED, (do.GiveGift("Конфеты", Money(15_000)), MANAGER), (do.TakeGiftOut(), MANAGER)),
        (*ON_THE_WAY, COMPLETED, *COMPLAINED),
        (*ON_THE_WAY, CODE_CHOSEN, WRONG_CODE),
        (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, *SEARCHED_IN_VAIN),
        (ACCEPTED, PHONE_SHOWN, (do.NotePhoneCall("согласен"), MANAGER)),
        (ACCEPTED, AMENDED_AWAY, *ADDRESS_FOUND),
        (ACCEPTED, (delivery.Search(), MANAGER), (delivery.CallOff(), MANAGER)),
        (ACCEPTED, AMENDED, MARKETPLACE_TOLD, DOUBT_RAISED, CARRIED_ON, THIRD_PARTY, UNDONE),
    )
    events = [event for story in stories for event in a_story(*story)[1]]
    return list({type(event): event for event in events}.values())
