"""The desk: the only code that changes an order.

Staff, client, marketplace and alarms all use it; the actor differs, the rules do not. One transaction stores
the order, its history, its deadlines and its outbox rows; subscribers are woken after the commit.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.order_access import can_see, may_ask
from orders.access.roles import Act, may
from orders.intake.merge import joined
from orders.model.details import Details
from orders.model.numbers import is_trial
from orders.model.order import Mark, Order
from orders.model.people import MARKETPLACE, STAFF_ROLES, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status, Step
from orders.schedule.deadlines import Deadline, DeadlineKind, deadlines
from orders.steps import flow
from orders.steps.commands import Accept, Amend, Command, MarketplaceHas
from orders.steps.events import Change, Event, Received
from services.health.metrics import Metrics
from services.order import recipients
from services.order.beside_orders import keep_beside
from services.order.contact_filter import of_client
from storage.bell import hearing
from storage.db.database import Database
from storage.db.errors import OrderExists
from storage.order import deadlines as deadline_rows
from storage.order import events, marketplace_objects, order_chats, trial_orders
from storage.order import orders as order_rows
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Kind
from storage.shop import shop_with_staff
from storage.shop.shop_with_staff import ShopWithStaff

LOOKED_AT_BEFORE = frozenset({Step.ATTACH_PHOTO, Step.DISPATCH, Step.HAND_TO_THIRD_PARTY})
"""Steps of the staff before which the marketplace is asked whether it still has the order."""

CODE_DIGITS = 4
"""Digits of the hand-over code (X25): with three attempts, one guess in 3300 orders succeeds."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An order as a source delivers it: the details that could be read, and the whole raw object.

    `is_over`: it was finished before it arrived. It is stored, and nobody is notified with sound.
    """

    number: str
    placed_at: datetime
    details: Details
    raw: Mapping[str, Any]
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """The stored order, and whether this call created it."""

    order: Order
    is_new: bool


class Desk:
    """Takes commands, checks them against the rules, and stores the results."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._second_look: Callable[[int], Awaitable[None]] | None = None

    def look_first_by(self, second_look: Callable[[int], Awaitable[None]]) -> None:
        """Set a callback that gets the order's id before a step of LOOKED_AT_BEFORE is carried out.

        It may change the order through this desk; it must be fast and may not fail.
        """
        self._second_look = second_look

    async def do(self, order_id: int, command: Command, actor: Actor) -> Order:
        """Carry the command out and return the order after it.

        Raises Refusal, with the reason, when the rules do not allow it; for an order that the actor may not
        see the reason is NOT_FOUND, as if it did not exist (R14).
        """
        try:
            with self._metrics.step(command.step, actor.role):
                await self._look_first(order_id, command, actor)
                changed = await self._change(order_id, command, actor)
        except Refusal as refused:
            log.info("step_refused", order_id=order_id, step=command.step.value, why=refused.reason.value)
            raise
        log.info("step_done", order_id=order_id, step=command.step.value, version=changed.version)
        return changed

    async def do_together(self, wishes: Sequence[tuple[int, Command]], actor: Actor) -> dict[int, Order]:
        """Carry out several commands, also on different orders, in turn: all of them or none.

        Returns the changed orders by their ids. Raises Refusal as `do` does.
        """
        for order_id, command in dict(reversed(wishes)).items():  # once per order, for its first command
            await self._look_first(order_id, command, actor)
        async with self._database.write() as c:
            orders: dict[int, Order] = {}
            for order_id in sorted({order_id for order_id, _ in wishes}):  # sorted to avoid deadlocks
                orders[order_id] = _visible(await order_rows.get(c, order_id, for_update=True), actor)
            for order_id, command in wishes:
                orders[order_id] = await self._carry_out(c, orders[order_id], command, actor)
        for order_id, command in wishes:
            log.info("step_done", order_id=order_id, step=command.step.value)
        return orders

    async def _look_first(self, order_id: int, command: Command, actor: Actor) -> None:
        """Call the callback, but only for a step that would be granted: a refusal need not wait for it."""
        is_looked_at = command.step in LOOKED_AT_BEFORE and actor.role in STAFF_ROLES
        if self._second_look is not None and is_looked_at:
            await self.check(order_id, command, actor)
            await self._second_look(order_id)

    async def _change(self, order_id: int, command: Command, actor: Actor) -> Order:
        async with self._database.write() as c:
            order = _asked(await order_rows.get(c, order_id, for_update=True), actor, command)
            return await self._carry_out(c, order, command, actor)

    async def amend(self, order_id: int, change: Callable[[Order], Details], actor: Actor) -> Order:
        """Change the details, computed under the lock from their current state: no update is lost.

        Where nothing changes the order is not written. Raises Refusal as `do` does.
        """
        async with self._database.write() as c:
            order = _visible(await order_rows.get(c, order_id, for_update=True), actor)
            details = change(order)
            if details == order.details:
                return order
            changed = await self._carry_out(c, order, Amend(details), actor)
        log.info("step_done", order_id=order_id, step=Amend.step.value, version=changed.version)
        return changed

    async def receive(self, shop_id: int, incoming: Incoming, by: Actor = MARKETPLACE) -> Receipt:
        """Import an order idempotently, from any source (X1).

        An order that a person enters by hand is accepted at once and rings for nobody. When the marketplace
        delivers it later, the two are joined into one order. Raises Refusal for staff who may not enter
        orders.
        """
        _check_may_bring(by, shop_id)
        mark = Mark(self._clock(), by.role, by.staff_id, by.name)
        async with self._database.write() as c:
            order = await self._bring(c, shop_id, incoming, mark)
            if order is None:
                return Receipt(await self._known(c, shop_id, incoming, by), is_new=False)
            if may(by, Act.ENTER_ORDERS, shop_id):
                order = await self._carry_out(c, order, Accept(), by)
        log.info("order_received", order_id=order.id, by=by.role.value)
        return Receipt(order, is_new=True)

    async def _bring(self, c: AsyncConnection, shop_id: int, incoming: Incoming, mark: Mark) -> Order | None:
        """Store a new order; None when one with this number exists."""
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        event = Received(mark, incoming.number, incoming.details, code)
        if await order_rows.by_number(c, shop_id, incoming.number) is not None:
            return None
        new_id = await trial_orders.next_id(c) if is_trial(incoming.number) else 0
        try:
            order = await order_rows.add(c, flow.receive(new_id, shop_id, event, incoming.placed_at))
        except OrderExists:  # another source inserted it since the query above
            return None
        await marketplace_objects.keep_raw(c, order.id, incoming.raw, mark.at)
        await self._record(c, order, event, await _crew_of(c, order), in_silence=incoming.is_over)
        return order

    async def _known(self, c: AsyncConnection, shop_id: int, incoming: Incoming, by: Actor) -> Order:
        """The existing order of this number; one entered by hand is joined with the marketplace's data."""
        known = await order_rows.by_number(c, shop_id, incoming.number)
        if known is None:
            raise LookupError(f"shop {shop_id} has an order {incoming.number!r}, and it cannot be found")
        is_known = known.marketplace_status is not None or known.erased_at is not None
        if by.role is not MARKETPLACE.role or is_known or incoming.details.unread:
            return known
        known = await order_rows.get(c, known.id, for_update=True) or known
        shop = (await _crew_of(c, known)).shop
        await marketplace_objects.keep_raw(c, known.id, incoming.raw, self._clock())
        details = joined(known.details, incoming.details, shop.rules.zone)
        commands: list[Command] = [MarketplaceHas(Status.NEW)]
        for command in commands if known.is_final else [Amend(details), *commands]:
            with suppress(Refusal):  # nothing new in it
                known = await self._carry_out(c, known, command, by)
        await outbox.put(c, recipients.still_to_tell(known, self._clock()))
        log.info("order_joined", order_id=known.id)
        return known

    async def _carry_out(self, c: AsyncConnection, order: Order, command: Command, actor: Actor) -> Order:
        crew = await _crew_of(c, order)
        if actor.role is Role.CLIENT:
            command = of_client(command, crew.shop.rules)
        event = flow.decide(order, command, actor, self._clock(), crew.shop.rules)
        changed = flow.apply(order, event)
        await order_rows.save(c, changed)
        await self._record(c, changed, event, crew)
        return changed

    async def look(self, order_id: int, actor: Actor) -> Order:
        """The order, for those who may see it; raises Refusal otherwise."""
        async with self._database.read_one() as c:
            return _visible(await order_rows.get(c, order_id), actor)

    async def check(self, order_id: int, command: Command, actor: Actor) -> Order:
        """The order as it is, if the command could be carried out now; raises Refusal as `do` would."""
        async with self._database.snapshot() as c:
            order = _asked(await order_rows.get(c, order_id), actor, command)
            shop = (await _crew_of(c, order)).shop
        flow.decide(order, command, actor, self._clock(), shop.rules)
        return order

    async def find_number(self, shop_id: int, number: str) -> Order | None:
        """The shop's order with exactly this number."""
        async with self._database.snapshot() as c:
            return await order_rows.by_number(c, shop_id, number)

    async def history(self, order_id: int, actor: Actor) -> list[tuple[int, Event]]:
        """Every event of the order with its version, oldest first (X5)."""
        async with self._database.snapshot() as c:
            _visible(await order_rows.get(c, order_id), actor)
            return [(entry.version, entry.event) for entry in await events.history(c, order_id)]

    async def _record(
        self,
        c: AsyncConnection,
        order: Order,
        event: Received | Change,
        crew: ShopWithStaff,
        *,
        in_silence: bool = False,
    ) -> None:
        await events.add(c, order.id, order.version, event)
        await keep_beside(c, order, event, crew.shop)
        wanted = _no_deadlines if in_silence else partial(deadlines, order, crew.shop.rules)
        await deadline_rows.rewrite(c, order.id, wanted)
        audience = await audience_of(c, order, crew)
        rows = recipients.of_change(order, event, audience)
        if in_silence:
            rows = [replace(row, sound=False) for row in rows if row.kind is not Kind.BELL]
        await outbox.put(c, rows)
        await shop_notifications.put(c, recipients.freed(order, event, audience))


def _no_deadlines(_fired: Mapping[DeadlineKind, datetime]) -> Sequence[Deadline]:
    return ()


def _check_may_bring(by: Actor, shop_id: int) -> None:
    if by.role is not MARKETPLACE.role and not may(by, Act.ENTER_ORDERS, shop_id):
        raise Refusal(Reason.NOT_YOURS)


def _visible(order: Order | None, actor: Actor) -> Order:
    if order is None or not can_see(order, actor):
        raise Refusal(Reason.NOT_FOUND)
    return order


def _asked(order: Order | None, actor: Actor, command: Command) -> Order:
    if order is None or not may_ask(order, actor, command.step):
        raise Refusal(Reason.NOT_FOUND)
    return order


async def audience_of(c: AsyncConnection, order: Order, crew: ShopWithStaff) -> recipients.Audience:
    """Everybody whom a change of this order may concern."""
    return (await audiences_of(c, crew, [order.id]))[order.id]


async def audiences_of(
    c: AsyncConnection, crew: ShopWithStaff, order_ids: Collection[int]
) -> dict[int, recipients.Audience]:
    """The same for several orders of one shop, by their ids."""
    found = await order_chats.by_orders(c, order_ids)
    reached = await hearing.of_shop(c, crew.shop.id)
    group = crew.shop.group_chat_id
    refusing = {group} if reached.group_refuses and group is not None else set[int]()
    return {
        order_id: recipients.Audience(
            crew.shop,
            crew.members,
            chats.cards,
            chats.alarms,
            chats.client,
            frozenset(chats.lost | refusing),
            chats.waiting,
            reached.by_staff,
        )
        for order_id, chats in found.items()
    }


async def _crew_of(c: AsyncConnection, order: Order) -> ShopWithStaff:
    crew = await shop_with_staff.of_shop(c, order.shop_id)
    if crew is None:
        raise LookupError(f"order {order.id} belongs to shop {order.shop_id}, which is not there")
    return crew
