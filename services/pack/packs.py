"""Sends the pack for the day to directors and managers: each morning, on request, in trouble (X9).

It holds personal data: it goes to private chats of those who may see every order, never to a group. The
message is deleted when a newer pack is sent, and when the reader loses that right.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile
from aiogram.utils.deep_linking import create_start_link

from messages.i18n.texts import Translator
from messages.support.day_pack import order_document, pack_caption, pack_document, pack_text
from orders.access.roles import Act, may
from orders.model.order import Order
from orders.schedule.day_pack import DayPack, day_pack, is_due
from orders.steps.phone_steps import (
    may_hold_phones,
    may_read_phone,
    without_client_phone,
    without_phone_in_pack,
)
from services.health.drawings import MOST_DRAWINGS, NotDrawn, drawn, give_up
from services.health.troubles import TroubleKind, Troubles
from services.pack.printer import Printer
from services.sending.bot_middlewares import UNREACHABLE, turn
from services.sending.message_removal import take_away
from storage.db.database import Database
from storage.order import orders
from storage.sending import day_packs, fallback, shop_notifications
from storage.sending.day_packs import SentPack
from storage.sending.outbox import Priority
from storage.sending.shop_notifications import NewsKind
from storage.shop import shop_with_staff, shops
from storage.shop.shop_with_staff import ShopWithStaff
from storage.shop.shops import Shop
from storage.team.staff import Member

LOOK_SECONDS = 30.0
_OF_MARKETPLACE = (
    TroubleKind.MARKETPLACE,
    TroubleKind.MARKETPLACE_TOKEN,
    TroubleKind.MARKETPLACE_ORDERS,
)

log = structlog.get_logger(__name__)


class NotPrinted(Exception):  # noqa: N818 - an answer to the person who asked, not an error of the program
    """The pack could not be drawn or sent now; a retry may succeed."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the files of two readers may differ in."""

    language: str
    has_phones: bool
    """Whether it shows clients' phones."""


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    is_text: bool


class DayPacks:
    """Draws packs and sends them."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        printer: Printer,
        troubles: Troubles,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._database = database
        self._printer = printer
        self._troubles = troubles
        self._clock = clock
        self._failures = Counter[int]()
        """How often in a row a shop's pack could not be drawn."""

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> int:
        """Send what is due now; returns the number of packs that were sent."""
        async with self._database.snapshot() as c:
            found = await shops.all_shops(c)
        sent = 0
        for shop in found:
            with suppress(NotPrinted):  # retried at the next check
                sent += await self._look_at(shop.id)
        return sent

    async def _look_at(self, shop_id: int) -> int:
        now, trouble = self._clock(), await self._trouble_since(shop_id)
        async with self._database.snapshot() as c:
            crew, before = await shop_with_staff.of_shop(c, shop_id), await day_packs.latest(c, shop_id)
        if crew is None:
            return 0
        readers = _readers(crew)
        await self._take_back(before.values(), {one.telegram_id for one in readers})
        lacking = [
            one for one in readers if is_due(_sent_at(before, one.telegram_id), crew.shop.rules, now, trouble)
        ]
        return await self._hand_out(crew, lacking, before, now) if lacking else 0

    async def _take_back(self, sent: Iterable[SentPack], readers: Container[int | None]) -> None:
        """Delete the packs of those who may not read them any more; the next check retries failures."""
        for one in sent:
            if one.chat_id in readers:
                continue
            with suppress(*UNREACHABLE):
                if one.message_id:
                    await take_away(self._bot, one.chat_id, one.message_id)
                async with self._database.write() as c:
                    await day_packs.forget(c, one)
                log.info("day_pack_taken_back", shop_id=one.shop_id)

    async def _trouble_since(self, shop_id: int) -> datetime | None:
        """Since when the marketplace, or Telegram for this shop, has been in trouble."""
        standing = self._troubles.standing()
        since = [standing[kind].since for kind in _OF_MARKETPLACE if kind in standing]
        async with self._database.snapshot() as c:
            outage_id = await shop_notifications.waiting_subject(c, shop_id, NewsKind.TELEGRAM_BACK)
            outage = await fallback.outage(c, outage_id) if outage_id is not None else None
        return min([*since, *([outage.began_at] if outage else [])], default=None)

    async def send_to(self, shop_id: int, chat_id: int) -> bool:
        """Send a pack on request; False: nothing to print, or not for this chat. Raises NotPrinted."""
        async with self._database.snapshot() as c:
            crew, before = await shop_with_staff.of_shop(c, shop_id), await day_packs.latest(c, shop_id)
        readers = [one for one in _readers(crew) if one.telegram_id == chat_id] if crew else []
        return crew is not None and await self._hand_out(crew, readers, before, self._clock()) > 0

    async def order_sheet(self, order: Order, member: Member, shop: Shop) -> bytes:
        """One order to print, for a member who may see it. Raises NotPrinted."""
        now, t = self._clock(), Translator(member.language)
        if not may_read_phone(order, member.actor, now):
            order = without_client_phone(order)
        links = await self._links([order])
        document = order_document(order, shop.name, shop.rules, links, now, t)
        try:
            return await drawn(self._printer.draw([document]))
        except NotDrawn as error:
            raise NotPrinted(str(error)) from error

    async def _hand_out(
        self, crew: ShopWithStaff, readers: Sequence[Member], before: Mapping[int, SentPack], now: datetime
    ) -> int:
        """Send each reader the file in their own language; returns how many got one.

        A reader whom Telegram cannot reach now does not delay the others: NotPrinted is raised after the
        last.
        """
        shop = crew.shop
        async with self._database.snapshot() as c:
            living, _ = await orders.load_readable(c, await orders.living(c, shop.id))
        pack = day_pack(living.values(), shop.rules, now)
        kinds = {reader.staff_id: _kind(reader, shop) for reader in readers}
        files = await self._files(pack, shop, set(kinds.values()), now) if pack.orders else {}
        sent, failed = 0, None
        for reader in readers:
            file = files.get(kinds[reader.staff_id])
            try:
                message_id = await self._send_pack(reader, pack, shop, file, now) if file else 0
            except NotPrinted as error:
                failed = error
                continue
            await self._keep(SentPack(shop.id, reader.telegram_id or 0, message_id, now), before)
            sent += message_id > 0
        log.info("day_packs_sent", shop_id=shop.id, packs=sent, orders=len(pack.orders))
        if failed is not None:
            raise failed
        return sent

    async def _files(self, pack: DayPack, shop: Shop, kinds: Set[_Kind], now: datetime) -> dict[_Kind, _File]:
        """The pack as each kind of reader gets it: as text after `MOST_DRAWINGS` failures in a row.

        Raises NotPrinted.
        """
        links, files, failed = await self._links(pack.orders), dict[_Kind, _File](), None
        for kind in kinds:
            shown = pack if kind.has_phones else pack.changed(without_phone_in_pack)
            document = pack_document(shown, shop.name, shop.rules, links, now, Translator(kind.language))
            try:
                files[kind] = _File(await drawn(self._printer.draw([document])), is_text=False)
            except NotDrawn as error:
                files[kind], failed = _File(pack_text(document).encode(), is_text=True), error
        self._count(shop.id, failed)
        return files

    def _count(self, shop_id: int, failed: NotDrawn | None) -> None:
        """Count failures in a row. Raises NotPrinted while attempts are left."""
        if failed is None:
            del self._failures[shop_id]
            if all(count < MOST_DRAWINGS for count in self._failures.values()):
                self._troubles.over(TroubleKind.PACK)
            return
        self._failures[shop_id] += 1
        try:
            give_up(self._troubles, TroubleKind.PACK, self._failures[shop_id], failed)
        except NotDrawn as error:
            raise NotPrinted(str(error)) from error

    async def _send_pack(self, reader: Member, pack: DayPack, shop: Shop, file: _File, now: datetime) -> int:
        suffix = "txt" if file.is_text else "pdf"
        name = f"florist-{now.astimezone(shop.rules.zone):%Y-%m-%d-%H%M}.{suffix}"
        caption = pack_caption(pack, now, shop.rules, Translator(reader.language), is_text=file.is_text)
        return await self._send(reader.telegram_id or 0, BufferedInputFile(file.content, name), caption)

    async def _links(self, found: Iterable[Order]) -> dict[int, str]:
        """The link that opens each order in the bot."""
        try:
            return {one.id: await create_start_link(self._bot, f"o{one.id}") for one in found}
        except TelegramAPIError as error:
            raise NotPrinted(type(error).__name__) from error

    async def _send(self, chat_id: int, file: BufferedInputFile, caption: str) -> int:
        """The message's id; 0 for a chat that cannot be reached, which is reported elsewhere."""
        try:
            with turn(Priority.CARD):
                message = await self._bot.send_document(chat_id, file, caption=caption)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.warning("day_pack_refused", why=type(error).__name__)
            return 0
        except TelegramAPIError as error:
            raise NotPrinted(type(error).__name__) from error
        return message.message_id

    async def _keep(self, sent: SentPack, before: Mapping[int, SentPack]) -> None:
        """Store the new message first: an old one that stays is better than two that are not recorded."""
        async with self._database.write() as c:
            await day_packs.keep(c, sent)
        old = before.get(sent.chat_id)
        if old is not None and old.message_id:
            with suppress(*UNREACHABLE):
                await take_away(self._bot, sent.chat_id, old.message_id)


def _readers(crew: ShopWithStaff) -> list[Member]:
    """Those who may see every order of the shop, in their private chats."""
    return [
        one
        for one in crew.members
        if one.telegram_id is not None and may(one.actor, Act.SEE_ALL_ORDERS, crew.shop.id)
    ]


def _kind(reader: Member, shop: Shop) -> _Kind:
    return _Kind(Translator(reader.language).language, may_hold_phones(reader.actor, shop.rules))


def _sent_at(before: Mapping[int, SentPack], chat_id: int | None) -> datetime | None:
    last = before.get(chat_id or 0)
    return last.sent_at if last else None
