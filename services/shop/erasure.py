"""Erases clients' personal data after the shop's retention time; exports or erases it on request (R63)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.roles import Act, may_at_home
from orders.model.order import Mark, Order
from orders.model.people import MARKETPLACE, Actor, Role, mark_of
from orders.model.refusals import Reason, Refusal
from orders.shop.erasure import erase, papers_in, without_words
from services.health.set_aside import Part, tell_directors
from services.order.order_files import personal_files
from storage.client import links
from storage.db import serial
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable, PhotoMissing
from storage.delivery import routes
from storage.intake import drafts
from storage.order import events, marketplace_objects, order_chats
from storage.order import orders as order_rows
from storage.photo.photo_files import PhotoFiles
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shop_log, shops
from storage.shop.shop_log import NoteKind
from storage.shop.shops import Shop
from storage.support import cases, compensations
from storage.team import staff
from storage.updates import fsm_storage

AT_ONCE = 100
LOOK_SECONDS = 30.0
NIGHTLY = CronTrigger(hour=0, minute=30, timezone=UTC)
"""While the shops sleep, at least those of Moscow and east of it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: numbers of orders, and how many drafts. `living` orders are not erased yet."""

    numbers: tuple[str, ...] = ()
    drafts: int = 0
    living: tuple[str, ...] = ()


class Erasure:
    """Finds, exports and erases data. Raises Refusal NOT_YOURS for all but directors."""

    def __init__(self, database: Database, files: PhotoFiles, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._files = files
        self._clock = clock

    async def find(self, actor: Actor, number: str, phone: str | None) -> list[Order]:
        """The shop's orders with this number, or of the client or recipient with this phone (E.164)."""
        shop_id = _may(actor)
        async with self._database.snapshot() as c:
            found = await order_rows.by_number(c, shop_id, number) if number else None
            of_phone = await order_rows.of_phone(c, shop_id, phone) if phone else []
        return [found] if found else of_phone

    async def of_ids(self, actor: Actor, order_ids: Iterable[int]) -> list[Order]:
        """The orders with these ids that belong to the shop, as they are now."""
        shop_id = _may(actor)
        async with self._database.snapshot() as c:
            found = await order_rows.load(c, list(order_ids))
        return [order for order in found if order.shop_id == shop_id]

    async def raw_of(self, actor: Actor, order: Order) -> dict[str, object] | None:
        """The marketplace's raw object of the order, for an export."""
        _may(actor)
        async with self._database.snapshot() as c:
            return await marketplace_objects.raw_of(c, order.id)

    async def erase(self, actor: Actor, order_ids: Iterable[int]) -> Erased:
        """Erase the personal data of these orders now, because their client asked for it."""
        orders = await self.of_ids(actor, order_ids)
        closed = [order for order in orders if order.is_final]
        mark = mark_of(actor, self._clock())
        for order in closed:
            await self._erase_one(order, mark.at)
        numbers = frozenset(order.number for order in orders)
        dropped = await self._drop_drafts(_may(actor), mark.at, lambda one: one in numbers)
        living = tuple(order.number for order in orders if not order.is_final)
        erased = Erased(tuple(order.number for order in closed), dropped, living)
        await self._tell(_may(actor), erased, mark)
        return erased

    async def erase_due(self) -> int:
        """Erase what is older than each shop's limit; returns the number of orders."""
        async with self._database.snapshot() as c:
            known = await shops.all_shops(c)
        return sum([await self._erase_due_of(shop) for shop in known])

    async def _erase_due_of(self, shop: Shop) -> int:
        now = self._clock()
        before = now - timedelta(days=shop.rules.erase_days)
        numbers: list[str] = []
        failed: set[int] = set()
        while found := await self._due(shop.id, before, failed):
            for order_id in found:
                try:
                    numbers += await self._erase_due_one(order_id, now)
                except DatabaseUnavailable:
                    raise
                except Exception:
                    log.exception("order_not_erased", order_id=order_id)
                    failed.add(order_id)
        await self._tell_failed(failed, now)
        async with self._database.write() as c:
            await routes.forget_old(c, shop.id, before)
        dropped = await self._drop_drafts(shop.id, before, lambda _number: True)
        mark = Mark(now, MARKETPLACE.role)
        await self._tell(shop.id, Erased(tuple(numbers), dropped), mark)
        return len(numbers)

    async def _due(self, shop_id: int, before: datetime, failed: set[int]) -> list[int]:
        async with self._database.snapshot() as c:
            found = await order_rows.to_erase(c, shop_id, before, AT_ONCE + len(failed))
        return [order_id for order_id in found if order_id not in failed]

    async def _erase_due_one(self, order_id: int, now: datetime) -> list[str]:
        """Erase one order; returns its number in a list, empty where the order does not exist."""
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, order_id)
        if order is None:
            return []
        await self._erase_one(order, now)
        return [order.number]

    async def _tell_failed(self, order_ids: set[int], now: datetime) -> None:
        """Tell the directors of orders that could not be erased; they are retried each night (X22)."""
        if not order_ids:
            return
        async with self._database.write() as c:
            for order_id in sorted(order_ids):
                await tell_directors(c, order_id, Part.ERASURE, now)

    async def _erase_one(self, order: Order, now: datetime) -> None:
        """Erase one finished order. Files go first: after a crash the order is still found and finished."""
        async with self._database.snapshot() as c:
            paths = await personal_files(c, order)
        for path in paths:
            await self._remove(path)
        async with self._database.write() as c:
            fresh = await order_rows.get(c, order.id, for_update=True)
            if fresh is None or not fresh.is_final:
                return
            await routes.forget_place(c, fresh)
            await order_rows.rewrite(c, erase(fresh, now))
            await events.rewrite(c, order.id, _bare_event, _bare_order)
            await marketplace_objects.forget(c, order.id)
            await links.erase(c, order.id)
            await cases.erase(c, order.id)
            await compensations.erase(c, order.id)
            await fsm_storage.forget_order(c, order.id)
            await outbox.put(c, await _to_draw_and_copy(c, order.id, now))
        order_rows.forget_read()
        log.info("personal_data_erased", order_id=order.id)

    async def _drop_drafts(self, shop_id: int, before: datetime, is_meant: Callable[[str], bool]) -> int:
        """Delete drafts unchanged since `before`, with their pictures of papers; returns how many."""
        async with self._database.snapshot() as c:
            old = [one for one in await drafts.of_shop(c, shop_id, before) if is_meant(one.number)]
        for draft in old:
            for path in papers_in(draft):
                await self._remove(path)
            async with self._database.write() as c:
                await drafts.remove(c, draft.id)
        return len(old)

    async def _remove(self, path: str) -> None:
        try:
            await self._files.remove(path)
        except (PhotoMissing, OSError) as error:
            log.warning("paper_not_removed", why=type(error).__name__)

    async def _tell(self, shop_id: int, erased: Erased, mark: Mark) -> None:
        """Tell the other directors which orders were erased: numbers only."""
        if not erased.numbers and not erased.drafts:
            return
        document = {
            "by": serial.mark_document(mark),
            "numbers": list(erased.numbers),
            "drafts": erased.drafts,
        }
        async with self._database.write() as c:
            note = await shop_log.add(c, shop_id, NoteKind.ERASURE, mark.at, document)
            directors = await staff.of_shop(c, shop_id, {Role.DIRECTOR})
            others = [one for one in directors if one.staff_id != mark.staff_id]
            told = to_all(others, NewsKind.ERASED, note, mark.at, sound=False)
            await shop_notifications.put(c, told)


class Nightly:
    """Erases each night what is due; the run at the start makes up for missed nights."""

    def __init__(self, erasure: Erasure, clock: Callable[[], datetime]) -> None:
        self._erasure = erasure
        self._clock = clock

    async def run(self) -> None:
        """Erase until cancelled. Raises when a night's work fails; the caller runs it again."""
        while True:
            await self._erasure.erase_due()
            await self._until_night()

    async def _until_night(self) -> None:
        """Wait in short sleeps: the machine may sleep meanwhile, and its clock may be set."""
        next_night = NIGHTLY.get_next_fire_time(None, self._clock())
        while next_night is not None and self._clock() < next_night:  # noqa: ASYNC110 - a clock cannot wake a task
            await asyncio.sleep(LOOK_SECONDS)


def _may(actor: Actor) -> int:
    if actor.shop_id is None or not may_at_home(actor, Act.HANDLE_PERSONAL_DATA):
        raise Refusal(Reason.NOT_YOURS)
    return actor.shop_id


def _bare_event(document: serial.Document) -> serial.Document:
    return serial.event_document(without_words(serial.read_event(document)))


def _bare_order(document: serial.Document) -> serial.Document:
    return serial.order_document(erase(serial.read_order(document), None))


async def _to_draw_and_copy(c: AsyncConnection, order_id: int, now: datetime) -> list[Outgoing]:
    """Rows that redraw the cards without the data, and rewrite every version in the backup copy."""
    shown = (await order_chats.by_orders(c, [order_id]))[order_id]
    cards = [
        Outgoing(Channel.TELEGRAM, Kind.CARD, order_id, Priority.CARD, now, target=chat)
        for chat in sorted(shown.cards)
    ]
    copies = [
        Outgoing(Channel.COPY, Kind.RECORD, order_id, Priority.COPY, now, version=version)
        for version in await events.versions(c, order_id)
    ]
    return cards + copies
