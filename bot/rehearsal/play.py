"""Plays one day: simulated people take the steps that real ones take in the chat, at their speeds."""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from functools import partial
from itertools import count
from pathlib import Path
from random import Random

from bot.rehearsal.company import Company, Speeds
from bot.rehearsal.house import House, open_house
from orders.model.details import DeliveryKind
from orders.model.order import Handover, Order
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.rules import HandoverProof
from orders.model.status import Status
from orders.rehearsal.planned import Planned
from orders.rehearsal.score import Heard
from orders.schedule.deadlines import assemble_by
from orders.steps import commands as do
from orders.steps.delivery_commands import AttachProof, SayCode
from orders.steps.mishaps.proofs import lacking
from services.order.desk import Incoming
from storage.team.staff import Member

FIRST_NUMBER = 90_000_001
PICKUP_CODE = "1234"
"""Stands for the marketplace's code, which the bot does not check."""
LEAST, MOST = 0.7, 1.3
"""Factors between which a task's time varies."""

Action = Callable[[], Awaitable[None]]


class Duty(IntEnum):
    """A person's kinds of work, most urgent first."""

    ACCEPT = 0
    ASSEMBLE = 1
    DELIVER = 2


@dataclass(slots=True)
class Worker:
    """A simulated person, who does one task at a time."""

    member: Member
    place: int
    duties: frozenset[Duty]
    is_busy: bool = False
    tasks: int = 0

    @property
    def actor(self) -> Actor:
        return self.member.actor


@dataclass(frozen=True, slots=True)
class Played:
    """The result of the day. `heard` is empty if no messages were sent."""

    orders: list[Order]
    ended_at: datetime
    heard: list[Heard] = field(default_factory=list)


async def play(
    company: Company,
    planned: Sequence[Planned],
    speeds: Speeds,
    seed: int,
    empty: Path,
    advance: Callable[[], None],
    *,
    name: str,
    sends: bool,
) -> Played:
    """Play the orders until the last one is handed over; calls `advance` after each.

    `sends`: render and count messages. The work is the same either way: simulated people wait for no message.
    """
    first = planned[0].placed_at
    async with open_house(company, empty, name, first) as house:
        stage = Stage(house, speeds, seed, advance, sends=sends)
        return await stage.run(planned)


class Stage:
    """The simulation: a queue of timed actions, and the workers."""

    def __init__(
        self, house: House, speeds: Speeds, seed: int, advance: Callable[[], None], *, sends: bool
    ) -> None:
        self._house = house
        self._speeds = speeds
        self._seed = seed
        self._advance = advance
        self._sends = sends
        self._moments: list[tuple[datetime, int, Action]] = []
        self._counted = count()
        self._workers = workers_of([member for member, _ in house.members])
        self._chief = next(one.actor for one in self._workers if Duty.ACCEPT in one.duties)
        self._new: list[Order] = []
        self._to_assemble: list[Order] = []
        self._packed: list[Order] = []
        self._orders: dict[int, Order] = {}

    async def run(self, planned: Sequence[Planned]) -> Played:
        for number, one in enumerate(planned, start=FIRST_NUMBER):
            self._at(one.placed_at, partial(self._comes, str(number), one))
        while self._moments:
            at, _, action = heapq.heappop(self._moments)
            await self._let_pass(at)
            await action()
            await self._set_to_work()
        await self._let_pass(self._house.clock())
        ended_at = self._house.clock()
        return Played(list(self._orders.values()), ended_at, self._heard() if self._sends else [])

    async def _let_pass(self, until: datetime) -> None:
        if self._sends:
            await self._house.work_until(until)
        else:
            self._house.clock.now = until

    def _at(self, moment: datetime, action: Action) -> None:
        heapq.heappush(self._moments, (moment, next(self._counted), action))

    def _after(self, seconds: float, action: Action) -> None:
        self._at(self._house.clock() + timedelta(seconds=seconds), action)

    def _lasts(self, seconds: float, duty: str, order: Order) -> float:
        """Random by seed, order and task, so that a task takes equally long in every variant of the day."""
        return seconds * Random(f"{self._seed} {duty} {order.number}").uniform(LEAST, MOST)  # noqa: S311

    async def _do(self, order: Order, command: do.Command, actor: Actor) -> Order:
        self._orders[order.id] = await self._house.desk.do(order.id, command, actor)
        return self._orders[order.id]

    async def _comes(self, number: str, planned: Planned) -> None:
        incoming = Incoming(number, planned.placed_at, planned.details, {})
        order = (await self._house.desk.receive(self._house.shop.id, incoming)).order
        self._orders[order.id] = order
        self._new.append(order)

    async def _set_to_work(self) -> None:
        """Give each free worker the most urgent task among their duties."""
        while self._new and (worker := self._free(Duty.ACCEPT)):
            self._begin(worker, self._accepting(worker, self._new.pop(0)))
        while self._to_assemble and (worker := self._free(Duty.ASSEMBLE)):
            order = min(self._to_assemble, key=self._assembled_first)
            self._to_assemble.remove(order)
            self._begin(worker, await self._assembling(worker, order))
        while (trip := self._trip()) and (worker := self._free(Duty.DELIVER)):
            self._packed = [order for order in self._packed if order not in trip]
            await self._set_off(worker, trip)

    def _free(self, duty: Duty) -> Worker | None:
        free = [one for one in self._workers if duty in one.duties and not one.is_busy]
        return min(free, key=lambda one: (one.tasks, one.place), default=None)

    def _begin(self, worker: Worker, task: tuple[float, Action]) -> None:
        seconds, finish = task
        worker.is_busy = True
        worker.tasks += 1

        async def end() -> None:
            await finish()
            worker.is_busy = False

        self._after(seconds, end)

    def _accepting(self, worker: Worker, order: Order) -> tuple[float, Action]:
        async def accept() -> None:
            self._to_assemble.append(await self._do(order, do.Accept(), worker.actor))

        return self._lasts(self._speeds.accept, "accept", order), accept

    def _assembled_first(self, order: Order) -> tuple[datetime, int]:
        return assemble_by(order, self._house.shop.rules) or order.placed_at, order.id

    async def _assembling(self, worker: Worker, order: Order) -> tuple[float, Action]:
        seller = worker.member
        taken = await self._do(order, do.AssignSeller(seller.staff_id, seller.name), self._chief)
        seconds = self._lasts(self._speeds.assemble, "assemble", order)
        if not order.details.has_photo_step:
            return seconds, partial(self._is_packed, taken, worker)

        async def photo() -> None:
            shown = await self._do(
                taken, do.AttachPhoto(f"{order.id:064x}", f"rehearsal/{order.id}.jpg"), seller.actor
            )
            shown = await self._do(shown, do.MarketplaceHas(Status.PHOTO), MARKETPLACE)
            self._after(
                self._lasts(self._speeds.answer, "answer", order), partial(self._client_answers, order.id)
            )
            await self._is_packed(shown, worker)

        return seconds + self._lasts(self._speeds.photo, "photo", order), photo

    async def _client_answers(self, order_id: int) -> None:
        order = self._orders[order_id]
        if order.status is Status.PHOTO:
            await self._do(order, do.Rate(liked=True), MARKETPLACE)

    async def _is_packed(self, order: Order, worker: Worker) -> None:
        window, now = order.details.window, self._house.clock()
        if order.details.delivery is DeliveryKind.PICKUP:
            self._at(max(now, window.start if window else now), partial(self._hand_over, order, worker.actor))
            return
        self._packed.append(order)
        self._at(max(now, self._leaves_at(order)), _nothing)

    def _leaves_at(self, order: Order) -> datetime:
        """When a trip that starts with this order leaves, to arrive as its window begins."""
        window = order.details.window
        return window.start - timedelta(seconds=self._speeds.deliver) if window else order.placed_at

    def _trip(self) -> list[Order]:
        """The next trip, if it is time to leave: the first order, and those wanted before its window ends."""
        packed = sorted(self._packed, key=lambda one: (one.deliver_from, one.id))
        if not packed or self._leaves_at(packed[0]) > self._house.clock():
            return []
        window = packed[0].details.window
        until = window.end if window else self._house.clock()
        along = [one for one in packed[1:] if one.deliver_from < until]
        return [packed[0], *along[: self._speeds.carry - 1]]

    async def _set_off(self, worker: Worker, trip: Sequence[Order]) -> None:
        carrier = worker.member
        now = at = self._house.clock()
        for place, order in enumerate(trip):
            given = await self._do(order, do.AssignCourier(carrier.staff_id, carrier.name), self._chief)
            left = await self._do(given, do.Dispatch(by_self=False), carrier.actor)
            way = self._house.shop.rules.leg_minutes * 60 if place else self._speeds.deliver
            at += timedelta(seconds=self._lasts(way, "deliver", order))
            at = max(at, order.deliver_from if order.details.window else at)
            self._at(at, partial(self._hand_over, left, carrier.actor))
        back = self._lasts(self._speeds.deliver, "back", trip[-1])
        self._begin(worker, ((at - now).total_seconds() + back, _nothing))

    async def _hand_over(self, order: Order, actor: Actor) -> None:
        order = self._orders[order.id]
        proof = lacking(order, self._house.shop.rules)
        if proof is HandoverProof.CODE:
            await self._do(order, SayCode(order.code or PICKUP_CODE), actor)
        elif proof is HandoverProof.PHOTO:
            await self._do(order, AttachProof(f"d{order.id:063x}", f"rehearsal/{order.id}-door.jpg"), actor)
        await self._do(order, do.Complete(Handover.IN_PERSON), actor)
        self._advance()

    def _heard(self) -> list[Heard]:
        telegram = self._house.telegram
        return [
            Heard(
                member.name,
                member.role,
                sum(telegram.sounds[chat] for chat in chats),
                sum(telegram.messages[chat] for chat in chats),
            )
            for member, chats in self._house.members
        ]


def workers_of(people: Sequence[Member]) -> list[Worker]:
    """Assign duties by role, with a substitute for a role that nobody has.

    Managers accept, else directors. Florists assemble, else those who accept. Couriers deliver, else those
    who assemble.
    """
    roles = {person.role for person in people}
    accepts = Role.MANAGER if Role.MANAGER in roles else Role.DIRECTOR
    assembles = Role.SELLER if Role.SELLER in roles else accepts
    delivers = Role.COURIER if Role.COURIER in roles else assembles
    of_role = {Duty.ACCEPT: accepts, Duty.ASSEMBLE: assembles, Duty.DELIVER: delivers}
    return [
        Worker(person, place, frozenset(duty for duty, role in of_role.items() if role is person.role))
        for place, person in enumerate(people)
    ]


async def _nothing() -> None:
    """Does nothing: after every action the stage assigns work, and some times need no other action."""
