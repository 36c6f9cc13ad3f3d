"""Sends by the second way the bot's troubles, and shop news that Telegram has not taken (X21)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from messages.i18n.texts import Translator
from messages.support.fallback import news_words, trouble_words
from orders.model.people import Role
from services.fallback.contact import Contact
from services.fallback.fallback import LONGEST_LOOK, Carrier, OwnAddresses
from services.fallback.letters import Envelope
from services.health.troubles import Trouble, TroubleKind, Troubles
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.sending import fallback
from storage.sending.fallback import UntakenNews, Way
from storage.sending.shop_notifications import NewsKind
from storage.shop import shop_with_staff, shops
from storage.shop.shop_with_staff import ShopWithStaff
from storage.team.staff import Member

READ_SECONDS = 3.0
TOLD_NEWS = frozenset({NewsKind.REOPENS_SOON, NewsKind.NOT_REOPENED, NewsKind.COURIER_FREED})
"""News that somebody must act on; the rest waits for Telegram."""
OF_ONE_PERSON = frozenset({NewsKind.COURIER_FREED})

Words = Callable[[str, Translator], tuple[str, str]]
"""Returns title and text for a shop's name."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Shop:
    crew: ShopWithStaff
    ways: tuple[Way, ...]


class ShopLetters:
    """Reports each trouble once when it begins and once when it ends, and each piece of news once.

    Shops and their addresses are cached: the database itself may be the trouble.
    """

    def __init__(
        self,
        database: Database,
        carrier: Carrier,
        own: OwnAddresses,
        contact: Contact,
        troubles: Troubles,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._carrier = carrier
        self._own = own
        self._contact = contact
        self._troubles = troubles
        self._clock = clock
        self._shops: list[_Shop] = []
        self._told: dict[TroubleKind, Trouble] = {}
        self._told_news: set[int] = set()

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(min(LONGEST_LOOK, self._own.seconds / 4))

    async def look(self) -> int:
        """Send what is due now; returns the number of letters that were taken."""
        now = self._clock()
        news = await self._remember(now)
        return await self._tell_troubles(now) + await self._tell_news(news, now)

    async def _remember(self, now: datetime) -> list[UntakenNews]:
        """The news that wait for Telegram; none while the database is unavailable."""
        try:
            async with asyncio.timeout(READ_SECONDS), self._database.snapshot() as c:
                shop_ids = [shop.id for shop in await shops.all_shops(c)]
                crews = [await shop_with_staff.of_shop(c, shop_id) for shop_id in shop_ids]
                ways = {shop_id: tuple(await fallback.ways(c, shop_id)) for shop_id in shop_ids}
                news = await fallback.untaken_news(c, TOLD_NEWS, now - self._patience)
        except (StorageError, TimeoutError):
            return []
        self._shops = [_Shop(crew, ways[crew.shop.id]) for crew in crews if crew is not None]
        self._told_news &= {one.id for one in news}
        return [one for one in news if one.id not in self._told_news]

    async def _tell_troubles(self, now: datetime) -> int:
        """Report the troubles that Telegram should have delivered by now, and the end of reported ones."""
        standing, taken = self._troubles.standing(), 0
        for kind, trouble in standing.items():
            is_old = now - trouble.since >= self._patience
            if is_old and kind not in self._told and self._is_silent_since(trouble.since):
                sent = await self._send(self._about(trouble, is_over=False))
                self._told |= {kind: trouble} if sent else {}
                taken += sent
        for kind, trouble in list(self._told.items()):
            # if Telegram is back, it reports the end
            if kind not in standing:
                silent = self._is_silent_since(trouble.since)
                taken += await self._send(self._about(trouble, is_over=True)) if silent else 0
                del self._told[kind]
        return taken

    async def _tell_news(self, news: Sequence[UntakenNews], now: datetime) -> int:
        last, taken = self._contact.last_at, 0
        is_silent = last is None or now - last >= self._patience
        for one in news:
            if not (is_silent or one.has_failed):
                continue
            sent = await self._send(self._of_news(one, news))
            self._told_news |= {one.id} if sent else set()
            taken += sent
        return taken

    @property
    def _patience(self) -> timedelta:
        return timedelta(seconds=self._own.seconds)

    def _is_silent_since(self, since: datetime) -> bool:
        return self._contact.last_at is None or self._contact.last_at < since

    def _about(self, trouble: Trouble, *, is_over: bool) -> list[Envelope]:
        def words(shop: str, t: Translator) -> tuple[str, str]:
            return trouble_words(shop, trouble.kind.value, trouble.about, t, is_over=is_over)

        return [
            envelope
            for shop in self._shops
            for envelope in self._envelopes(shop, words, lambda one: one.role is Role.DIRECTOR)
        ]

    def _of_news(self, one: UntakenNews, others: Sequence[UntakenNews]) -> list[Envelope]:
        """Envelopes for one piece of news; the shop's own addresses get it once for all its chats."""
        same = [other.id for other in others if (other.shop_id, other.kind) == (one.shop_id, one.kind)]
        is_of_shop = one.kind not in OF_ONE_PERSON and one.id == min(same)

        def words(shop: str, t: Translator) -> tuple[str, str]:
            return news_words(shop, one.kind, one.number, t)

        return [
            envelope
            for shop in self._shops
            if shop.crew.shop.id == one.shop_id
            for envelope in self._envelopes(
                shop, words, lambda person: person.telegram_id == one.chat_id, is_of_shop=is_of_shop
            )
        ]

    def _envelopes(
        self, shop: _Shop, words: Words, is_for: Callable[[Member], bool], *, is_of_shop: bool = True
    ) -> Iterator[Envelope]:
        name, language = shop.crew.shop.name, shop.crew.shop.language
        people = {one.staff_id: one for one in shop.crew.members if is_for(one)}
        if is_of_shop and shop.crew.shop.id == self._own.shop_id:
            for address in self._own.urls:
                yield Envelope(address, *words(name, Translator(language)), is_from_chat=False)
        for way in shop.ways:
            person = people.get(way.staff_id) if way.staff_id is not None else None
            if person is not None or (way.staff_id is None and is_of_shop):
                t = Translator(person.language if person is not None else language)
                yield Envelope(way.address, *words(name, t), is_from_chat=True)

    async def _send(self, envelopes: Sequence[Envelope]) -> int:
        if not envelopes:
            return 0
        taken = sum(await self._carrier.send(envelopes))
        log.warning("fallback_used_for_shop", letters=len(envelopes), taken=taken)
        return taken
