"""The emergency guide of each shop: its staff read it and suggest, its directors change it (R95)."""

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


class EntryGone(LookupError):  # noqa: N818 - says what is the case
    """No such situation stands in the shop's guide (any more)."""


class Guide:
    """Every change asks who it is: raises Refusal NOT_YOURS for all but the shop's directors."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def entries(self, shop_id: int) -> tuple[Entry, ...]:
        """All of the shop's guide in its order; what a person reads of it, the rules say."""
        async with self._database.snapshot() as c:
            return await _entries(c, shop_id)

    async def write(self, actor: Actor, key: str, text: str) -> Entry:
        """Put the shop's own words in the place of an entry's. Raises BadEntry, EntryGone."""
        title, words = read_entry(text)
        return await self._change(actor, key, lambda entry: replace(entry, title=title, words=words))

    async def write_to_support(self, actor: Actor, key: str, text: str) -> Entry:
        """What the shop tells support of this situation from now on. Raises BadEntry, EntryGone."""
        words = read_to_support(text)
        return await self._change(actor, key, lambda entry: replace(entry, to_support=words))

    async def add(self, actor: Actor, text: str) -> Entry:
        """A new situation, published at once, behind the others. Raises BadEntry."""
        return await self._add(_director(actor), actor, text, is_suggested=False)

    async def suggest(self, actor: Actor, text: str) -> Entry:
        """Write a new situation down for the directors, who are told of it (R95). Any of the staff may."""
        if actor.role not in STAFF_ROLES or actor.shop_id is None:
            raise Refusal(Reason.NOT_YOURS)
        return await self._add(actor.shop_id, actor, text, is_suggested=True)

    async def publish(self, actor: Actor, key: str) -> Entry:
        """From now on the staff read what was suggested."""
        return await self._change(actor, key, lambda entry: replace(entry, is_suggested=False, is_shown=True))

    async def show(self, actor: Actor, key: str, *, is_shown: bool) -> Entry:
        """Hide an entry from the staff, or show it again."""
        return await self._change(actor, key, lambda entry: replace(entry, is_shown=is_shown))

    async def set_stage(self, actor: Actor, key: str, stage: Stage) -> Entry:
        """When a situation of the shop's own fits an order."""
        return await self._change(actor, key, lambda entry: replace(entry, stage=stage))

    async def move(self, actor: Actor, key: str, *, up: bool) -> Entry:
        """A place further up or down: every place is kept, so that a later change moves no other."""
        async with self._write(actor) as (c, shop_id):
            found = await _found(c, shop_id, key)
            for place, entry in enumerate(moved(await _entries(c, shop_id), key, up=up)):
                await guide.put(c, shop_id, entry, place)
        return found

    async def drop(self, actor: Actor, key: str) -> None:
        """Take a situation of the shop's own out; one of ours gets its ready words again."""
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
    """Where the entry stands: as kept, or as the ready guide has it."""
    kept = {one.entry.key: one.place for one in await guide.of_shop(c, shop_id)}
    return kept[key] if key in kept else [one.key for one in await _entries(c, shop_id)].index(key)


async def _tell_directors(c: AsyncConnection, shop_id: int, entry_id: int, but: Actor, now: datetime) -> None:
    directors = await staff.of_shop(c, shop_id, {Role.DIRECTOR})
    others = [one for one in directors if one.staff_id != but.staff_id]
    await shop_notifications.put(c, to_all(others, NewsKind.GUIDE_SUGGESTED, entry_id, now, sound=False))
