"""Sends by the second way what Telegram has not taken in time (X21)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from services.fallback import outages
from services.fallback.contact import Contact
from services.fallback.letters import Envelope, Letter, letters_of, matters_of
from storage.db.database import Database
from storage.order import orders
from storage.sending import fallback
from storage.sending.fallback import Left, Untaken
from storage.shop import shop_with_staff

LONGEST_LOOK = 10.0
"""At most this many seconds between two polls of the messages that Telegram has not taken."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=5)
"""Back-off before an address that refused a message is tried again."""

log = structlog.get_logger(__name__)


class Carrier(Protocol):
    """Delivers letters to their addresses."""

    async def send(self, letters: Sequence[Envelope]) -> list[bool]:
        """Returns for each letter whether its address took it."""


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """The addresses of the settings, and their shop. `seconds` is how long Telegram is waited for."""

    shop_id: int
    urls: tuple[str, ...] = field(repr=False)
    seconds: float


@dataclass(slots=True)
class _Pause:
    until: datetime
    length: timedelta


class Fallback:
    """Polls what waits for Telegram, and sends the most urgent by the second way."""

    def __init__(
        self,
        database: Database,
        carrier: Carrier,
        own: OwnAddresses,
        contact: Contact,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._carrier = carrier
        self._own = own
        self._contact = contact
        self._clock = clock
        self._pauses: dict[str, _Pause] = {}

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(min(LONGEST_LOOK, self._own.seconds / 4))

    async def look(self) -> int:
        """Send what is due now; returns the number of letters that were taken."""
        await self._note_contact()
        now = self._clock()
        async with self._database.snapshot() as c:
            found = await fallback.untaken(c, now - timedelta(seconds=self._own.seconds))
            if not self._is_failing(found, now):
                return 0
            known, _ = await orders.load_readable(c, {one.order_id for one in found})
        shop_ids = {order.shop_id for order in known.values()}
        return sum([await self._look_at(shop_id, found, now) for shop_id in sorted(shop_ids)])

    def _is_failing(self, found: Sequence[Untaken], now: datetime) -> bool:
        """Whether Telegram is down: on a busy day a group's rate limit alone makes messages wait."""
        last = self._contact.last_at
        is_silent = last is None or now - last >= timedelta(seconds=self._own.seconds)
        return is_silent or any(one.has_failed for one in found)

    async def _note_contact(self) -> None:
        if self._contact.last_at is None:
            return
        async with self._database.snapshot() as c:
            last = await fallback.last_contact(c)
        if last is not None and self._contact.last_at - last < outages.NOTED_EACH:
            return
        async with self._database.write() as c:
            if await outages.note_contact(c, self._contact.last_at):
                log.warning("telegram_was_silent")

    async def _look_at(self, shop_id: int, found: Sequence[Untaken], now: datetime) -> int:
        async with self._database.snapshot() as c:
            crew = await shop_with_staff.of_shop(c, shop_id)
            known, _ = await orders.load_readable(c, {one.order_id for one in found})
            left = await fallback.left_of_orders(c, known)
            rang = await fallback.fired_at(c, known)
            ways = await fallback.ways(c, shop_id)
        if crew is None:
            return 0
        theirs = [one for one in found if one.order_id in known and known[one.order_id].shop_id == shop_id]
        own = self._own.urls if shop_id == self._own.shop_id else ()
        matters = matters_of(crew, known, theirs, left, rang, now)
        letters = self._ready(letters_of(crew, matters, ways, own, now), now)
        taken = await self._send(letters, now) if letters else []
        async with self._database.write() as c:
            # after sending: Telegram may return meanwhile, and the summary must name what has left
            outage_id = await outages.outage_of(c, shop_id, min(one.since for one in theirs), now)
            await fallback.note_left(c, outage_id, _left_with(taken, now))
        return len(taken)

    def _ready(self, letters: Sequence[Letter], now: datetime) -> list[Letter]:
        """Drop the letters whose address is in back-off."""
        return [
            letter
            for letter in letters
            if (pause := self._pauses.get(letter.envelope.address)) is None or pause.until <= now
        ]

    async def _send(self, letters: Sequence[Letter], now: datetime) -> list[Letter]:
        """Returns the letters that their addresses took."""
        outcomes = await self._carrier.send([letter.envelope for letter in letters])
        taken = [letter for letter, is_taken in zip(letters, outcomes, strict=True) if is_taken]
        for letter, is_taken in zip(letters, outcomes, strict=True):
            self._note(letter.envelope.address, now, is_taken=is_taken)
        told = {one.order_id for one in _left_with(taken, now)}
        log.warning("fallback_used", letters=len(letters), taken=len(taken), orders=len(told))
        return taken

    def _note(self, address: str, now: datetime, *, is_taken: bool) -> None:
        before = self._pauses.pop(address, None)
        if not is_taken:
            length = min(before.length * 2, LONGEST_PAUSE) if before else FIRST_PAUSE
            self._pauses[address] = _Pause(now + length, length)


def _left_with(letters: Sequence[Letter], now: datetime) -> list[Left]:
    """What these letters tell of orders, each once."""
    told = {(one.order.id, one.about) for letter in letters for one in letter.matters}
    return [Left(*one, now) for one in sorted(told)]
