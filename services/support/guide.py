"""The emergency guide of each shop: staff read it and make suggestions, directors change it (R95)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.roles import Act, may_at_home
from orders.model.people import STAFF_ROLES, Actor, Role, mark_of
from orders.model.refusals import Reason, Refusal
from orders.support.guide import Entry, Stage
from orders.support.guide_book import (
    MOST_OWN,
    BadEntry,
    EntryFlaw,
    arranged,
    as_ready,
    moved,
    read_entry,
    read_to_support,
)
from storage.db.database import Database
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.support import guide
from storage.team import staff

log = structlog.get_logger(__name__)


class EntryGone(LookupError):  # noqa: N818 - named after the state it reports
    """The shop's guide has no such situation (any more)."""


class Guide:
    """Every change checks rights: raises Refusal NOT_YOURS for all but the shop's directors."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def entries(self, shop_id: int) -> tuple[Entry, ...]:
        """All entries of the shop's guide in order; the rules decide which ones a person reads."""
        async with self._database.snapshot() as c:
            return await _entries(c, shop_id)

    async def write(self, actor: Actor, key: str, text: str) -> Entry:
        """Replace an entry's words by the shop's own. Raises BadEntry, EntryGone."""
        title, words = read_entry(text)
        return await self._change(actor, key, lambda entry: replace(entry, title=title, words=words))

    async def write_to_support(self, actor: Actor, key: str, text: str) -> Entry:
        """Set what the shop writes to support in this situation. Raises BadEntry, EntryGone."""
        words = read_to_support(text)
        return await self._change(actor, key, lambda entry: replace(entry, to_support=words))

    async def add(self, actor: Actor, text: str) -> Entry:
        """Add a situation at the end, published at once. Raises BadEntry."""
        return await self._add(_director(actor), actor, text, is_suggested=False)

    async def suggest(self, actor: Actor, text: str) -> Entry:
        """Suggest a situation to the directors, who are notified (R95). Open to all staff."""
        if actor.role not in STAFF_ROLES or actor.shop_id is None:
            raise Refusal(Reason.NOT_YOURS)
        return await self._add(actor.shop_id, actor, text, is_suggested=True)

    async def publish(self, actor: Actor, key: str) -> Entry:
        """Show a suggested entry to the staff from now on."""
        return await self._change(actor, key, lambda entry: replace(entry, is_suggested=False, is_shown=True))

    async def show(self, actor: Actor, key: str, *, is_shown: bool) -> Entry:
        """Hide an entry from the staff, or show it again."""
        return await self._change(actor, key, lambda entry: replace(entry, is_shown=is_shown))

    async def set_stage(self, actor: Actor, key: str, stage: Stage) -> Entry:
        """Set for which stage of an order a situation of the shop's own fits."""
        return await self._change(actor, key, lambda entry: replace(entry, stage=stage))

    async def move(self, actor: Actor, key: str, *, up: bool) -> Entry:
        """Move an entry up or down. All positions are stored, so that later changes move no others."""
        async with self._write(actor) as (c, shop_id):
            found = await _found(c, shop_id, key)
            for place, entry in enumerate(moved(await _entries(c, shop_id), key, up=up)):
                await guide.put(c, shop_id, entry, place)
        return found

    async def drop(self, actor: Actor, key: str) -> None:
        """Delete a situation of the shop's own; a built-in one gets its ready words again."""
        async with self._write(actor) as (c, shop_id):
            entry = await _found(c, shop_id, key)
            if entry.situation is None:
                await guide.remove(c, shop_id, key)
            else:
                await guide.put(c, shop_id, as_ready(entry), await _place(c, shop_id, key))

    async def _change(self, actor: Actor, key: str, change: Callable[[Entry], Entry]) -> Entry:
        async with self._write(actor) as (c, shop_id):
            before = await _found(c, shop_id, key)
            after = replace(change(before), made=before.made or mark_of(actor, self._clock()))
            await guide.put(c, shop_id, after, await _place(c, shop_id, key))
        log.info("guide_changed", shop_id=shop_id, key=key)
        return after

    async def _add(self, shop_id: int, actor: Actor, text: str, *, is_suggested: bool) -> Entry:
        title, words = read_entry(text)
        mark = mark_of(actor, self._clock())
        entry = Entry("", None, title, words, is_suggested=is_suggested, made=mark)
        async with self._database.write() as c:
            there = await _entries(c, shop_id)
            if sum(one.situation is None for one in there) >= MOST_OWN:
                raise BadEntry(EntryFlaw.FULL)
            entry_id = await guide.add(c, shop_id, entry, len(there))
            if is_suggested:
                await _tell_directors(c, shop_id, entry_id, actor, mark.at)
        log.info("guide_entry_added", shop_id=shop_id, is_suggested=is_suggested)
        return replace(entry, key=str(entry_id))

    @asynccontextmanager
    async def _write(self, actor: Actor) -> AsyncIterator[tuple[AsyncConnection, int]]:
        shop_id = _director(actor)
        async with self._database.write() as c:
            yield c, shop_id


def _director(actor: Actor) -> int:
    if actor.shop_id is None or not may_at_home(actor, Act.EDIT_GUIDE):
        raise Refusal(Reason.NOT_YOURS)
    return actor.shop_id


async def _entries(c: AsyncConnection, shop_id: int) -> tuple[Entry, ...]:
    return arranged(await guide.of_shop(c, shop_id))


async def _found(c: AsyncConnection, shop_id: int, key: str) -> Entry:
    entry = next((one for one in await _entries(c, shop_id) if one.key == key), None)
    if entry is None:
        raise EntryGone(key)
    return entry


async def _place(c: AsyncConnection, shop_id: int, key: str) -> int:
    """The entry's position: the stored one, or that of the ready guide."""
    kept = {one.entry.key: one.place for one in await guide.of_shop(c, shop_id)}
    return kept[key] if key in kept else [one.key for one in await _entries(c, shop_id)].index(key)


async def _tell_directors(c: AsyncConnection, shop_id: int, entry_id: int, but: Actor, now: datetime) -> None:
    directors = await staff.of_shop(c, shop_id, {Role.DIRECTOR})
    others = [one for one in directors if one.staff_id != but.staff_id]
    await shop_notifications.put(c, to_all(others, NewsKind.GUIDE_SUGGESTED, entry_id, now, sound=False))
