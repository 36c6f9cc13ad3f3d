"""Reads the data for the load, the plan and the shopping list of a day (R7, X27, X28)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.load.capacity import WEEKS, Past, capacity_of, past_of
from orders.load.load import Florist, Load, day_of, load_of
from orders.load.plan import Plan, plan_of
from orders.load.shopping import Shopping, shopping_of
from orders.model.order import Order
from orders.model.people import CHIEFS, Role
from storage.db.database import Database
from storage.goods import flowers
from storage.goods import products as goods
from storage.load import advice, days_off, done_orders
from storage.order import orders
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member


class ShopDays:
    """A shop's load, plan and shopping list, computed from the current orders."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._past: dict[int, tuple[date, str, Past]] = {}
        """Cache by shop: the day, the time zone, and the figures of the weeks before that day."""

    def today(self, shop: Shop) -> date:
        """The current date in the shop's time zone."""
        return self._clock().astimezone(shop.rules.zone).date()

    async def assemblers(self, shop_id: int) -> dict[int, str]:
        """Returns the names of those who assemble orders, by their staff id."""
        async with self._database.snapshot() as c:
            return {one.staff_id: one.name for one in await assemblers(c, shop_id)}

    async def people_on(self, shop_id: int, day: date) -> list[tuple[Florist, bool]]:
        """Returns everybody who assembles orders, and whether they work on this day."""
        async with self._database.snapshot() as c:
            off = await days_off.of_day(c, shop_id, day)
            everybody = await assemblers(c, shop_id)
        return [(Florist(one.staff_id, one.name), one.staff_id not in off) for one in everybody]

    async def turn_day_off(self, shop_id: int, staff_id: int, day: date) -> None:
        """Switch whether the person works on this day; ignores people who do not assemble."""
        async with self._database.write() as c:
            if staff_id in {one.staff_id for one in await assemblers(c, shop_id)}:
                is_off = staff_id in await days_off.of_day(c, shop_id, day)
                await days_off.put(c, shop_id, staff_id, day, is_off=not is_off)

    async def dismiss_advice(self, shop_id: int, hour: datetime) -> None:
        """Give no more advice for the hour that begins then."""
        async with self._database.write() as c:
            await advice.dismiss(c, shop_id, hour)

    async def load(self, shop: Shop, day: date) -> Load:
        """The load of this day."""
        async with self._database.snapshot() as c:
            return await self.load_in(c, shop, day)

    async def load_in(self, c: AsyncConnection, shop: Shop, day: date) -> Load:
        """The same within a transaction."""
        start, end = _midnight(shop, day), _midnight(shop, day + timedelta(days=1))
        done = await done_orders.ids_between(c, shop.id, start, end)
        found = [*await self._living(c, shop), *await orders.load_many(c, done)]
        return await self.load_of(c, shop, day, found)

    async def load_of(self, c: AsyncConnection, shop: Shop, day: date, found: Iterable[Order]) -> Load:
        """The load of this day, from orders that the caller has read already.

        Trial orders are left out.
        """
        found = [order for order in found if not order.is_trial]
        florists = await florists_at_work(c, shop.id, day)
        capacity = capacity_of(shop.rules, await self._past_of(c, shop), len(florists))
        return load_of(found, florists, capacity, day, shop.rules.zone)

    async def plan(self, shop: Shop, day: date) -> Plan:
        """Who assembles what by when on this day."""
        async with self._database.snapshot() as c:
            florists = await florists_at_work(c, shop.id, day)
            capacity = capacity_of(shop.rules, await self._past_of(c, shop), len(florists))
            found = await self._living(c, shop)
        return plan_of(found, florists, capacity.florist.orders, shop.rules, day, self.today(shop))

    async def shopping(self, shop: Shop) -> Shopping:
        """What to buy for everything that must be assembled by the end of tomorrow."""
        async with self._database.snapshot() as c:
            return await self.shopping_in(c, shop)

    async def shopping_in(self, c: AsyncConnection, shop: Shop) -> Shopping:
        """The same within a transaction."""
        needed = due_by(await self._living(c, shop), shop, self.today(shop) + timedelta(days=1))
        offer_ids = {line.offer_id for order in needed for line in order.details.lines if line.offer_id}
        known = await goods.by_offer_ids(c, shop.id, offer_ids)
        recipes = {offer_id: product.recipe for offer_id, product in known.items()}
        return shopping_of(needed, recipes, await flowers.stems(c, shop.id))

    async def _living(self, c: AsyncConnection, shop: Shop) -> list[Order]:
        living = await orders.load_many(c, await orders.living(c, shop.id))
        return [order for order in living if not order.is_trial]

    async def _past_of(self, c: AsyncConnection, shop: Shop) -> Past:
        today, zone = self.today(shop), shop.rules.timezone
        known = self._past.get(shop.id)
        if known is not None and known[:2] == (today, zone):
            return known[2]
        end = _midnight(shop, today)
        ids = await done_orders.ids_between(c, shop.id, end - timedelta(weeks=WEEKS), end)
        past = past_of(await orders.load_many(c, ids), shop.rules.zone)
        self._past[shop.id] = today, zone, past
        return past


async def florists_at_work(c: AsyncConnection, shop_id: int, day: date) -> list[Florist]:
    """The shop's assemblers, without those who have this day off."""
    everybody = await assemblers(c, shop_id)
    off = await days_off.of_day(c, shop_id, day)
    return [Florist(one.staff_id, one.name) for one in everybody if one.staff_id not in off]


async def assemblers(c: AsyncConnection, shop_id: int) -> list[Member]:
    """The shop's connected florists; where there is none, its directors and managers."""
    members = [one for one in await staff.of_shop(c, shop_id) if one.telegram_id is not None]
    return _of(members, {Role.SELLER}) or _of(members, CHIEFS)


def due_by(found: Iterable[Order], shop: Shop, day: date) -> list[Order]:
    """Orders delivered by the end of this day, and those without a time."""
    days = ((order, day_of(order, shop.rules.zone)) for order in found)
    return [order for order, when in days if when is None or when <= day]


def _of(members: Iterable[Member], roles: Iterable[Role]) -> list[Member]:
    wanted = set(roles)
    return [one for one in members if one.role in wanted]


def _midnight(shop: Shop, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=shop.rules.zone)
