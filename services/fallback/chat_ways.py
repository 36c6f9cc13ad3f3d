"""The second way's addresses that people set in the chat, for their shop and for themselves (X21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

import structlog

from messages.i18n.texts import Translator
from messages.support.fallback import trial
from orders.access.roles import Act, may
from services.fallback.letters import Envelope
from services.fallback.ways import Ways
from storage.db.database import Database
from storage.sending import fallback
from storage.sending.fallback import Way
from storage.shop.shops import Shop
from storage.team.staff import Member

MOST = 5
"""At most this many addresses for a shop, and for a person there."""

log = structlog.get_logger(__name__)


class WayFlaw(StrEnum):
    """Why an address is refused."""

    UNKNOWN = "unknown"
    MANY = "many"


class BadWay(Exception):  # noqa: N818 - an answer to the person who wrote it
    """The address is refused. The error does not contain it."""

    def __init__(self, flaw: WayFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


class ChatWays:
    """Lists, adds, removes and tries addresses. Those who run the shop manage the shop's as well."""

    def __init__(self, database: Database, ways: Ways, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._ways = ways
        self._clock = clock

    async def of(self, member: Member) -> list[Way]:
        """What this person may see: their own addresses, and the shop's where they run it."""
        async with self._database.snapshot() as c:
            found = await fallback.ways(c, member.shop_id)
        return [way for way in found if _is_theirs(way, member)]

    async def add(self, member: Member, address: str, *, for_shop: bool) -> Way:
        """Store an address and return it as stored. Raises BadWay."""
        service = await self._ways.service_of(address, is_from_chat=True)
        if service is None or (for_shop and not _runs(member)):
            raise BadWay(WayFlaw.UNKNOWN)
        owner = None if for_shop else member.staff_id
        async with self._database.write() as c:
            theirs = [way for way in await fallback.ways(c, member.shop_id) if way.staff_id == owner]
            known = next((way for way in theirs if way.address == address), None)
            if known is not None:
                return known
            if len(theirs) >= MOST:
                raise BadWay(WayFlaw.MANY)
            way_id = await fallback.add_way(c, member.shop_id, owner, service, address, self._clock())
        log.info("fallback_way_added", shop_id=member.shop_id, staff_id=owner, service=service)
        return Way(way_id, member.shop_id, owner, service, address)

    async def remove(self, member: Member, way_id: int) -> bool:
        """Remove an address; False where it is not theirs, or no longer exists."""
        if way_id not in {way.id for way in await self.of(member)}:
            return False
        async with self._database.write() as c:
            await fallback.remove_way(c, member.shop_id, way_id)
        return True

    async def try_out(self, member: Member, shop: Shop) -> list[tuple[Way, bool]]:
        """Send a test message to each address that they may see; returns for each whether it was taken."""
        ways = await self.of(member)
        title, body = trial(shop.name, Translator(member.language))
        taken = await self._ways.send([Envelope(way.address, title, body, is_from_chat=True) for way in ways])
        return list(zip(ways, taken, strict=True))


def _runs(member: Member) -> bool:
    return may(member.actor, Act.RUN_SHOPS, member.shop_id)


def _is_theirs(way: Way, member: Member) -> bool:
    return way.staff_id == member.staff_id or (way.staff_id is None and _runs(member))
