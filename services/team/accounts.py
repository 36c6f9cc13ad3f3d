"""Connects people's Telegram accounts by their phone (R17).

The first account of a person is connected at once. Another account gets the place only when the connected
account or a director agrees, because phone numbers pass from one owner to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Mark
from orders.model.people import Role
from services.team.member_changes import redraw_cards
from services.team.staff_list import Newcomer, Team
from storage.db import serial
from storage.db.database import Database
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shop_log
from storage.shop.shop_log import NoteKind
from storage.team import account_claims, staff
from storage.team.account_claims import Claim
from storage.team.staff import BySettings, Member

log = structlog.get_logger(__name__)


class AccountTaken(Exception):  # noqa: N818 - an answer to the person, not an error of the program
    """The phone is connected with another Telegram account; those who may decide have been asked."""


class NoClaim(Exception):  # noqa: N818 - an answer to the person, not an error of the program
    """The claim is decided, too old, or not this person's to decide."""


class Accounts:
    """Connects accounts, and moves a person's place to another one. `team` then applies the settings."""

    def __init__(self, database: Database, team: Team, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._team = team
        self._clock = clock

    async def connect(self, newcomer: Newcomer) -> Member | None:
        """Connect a person by their own contact; None: the phone is on no list. Raises AccountTaken."""
        await self.check(newcomer)
        async with self._database.write() as c:
            places = await staff.by_phone(c, newcomer.phone)
            if not places:
                return None
            if _is_taken(places, newcomer):  # meanwhile connected by another account
                raise AccountTaken
            person = newcomer.telegram_id, newcomer.language, newcomer.name
            await staff.connect(c, places[0].staff_id, *person)
            members = await staff.by_telegram(c, newcomer.telegram_id)
        log.info("staff_connected", staff_id=places[0].staff_id)
        await self._follow_settings(members)
        return members[0]

    async def check(self, newcomer: Newcomer) -> None:
        """Raises AccountTaken where another account has the phone, after asking those who may decide."""
        async with self._database.write() as c:
            places = await staff.by_phone(c, newcomer.phone)
            if not _is_taken(places, newcomer):
                return
            await self._claim(c, places, newcomer)
        log.warning("account_claimed", staff_id=places[0].staff_id)
        raise AccountTaken

    async def has_director(self) -> bool:
        """Whether any director of any shop is connected, so that somebody can add people."""
        async with self._database.snapshot() as c:
            members = await staff.everybody(c)
        return any(one.role is Role.DIRECTOR and one.telegram_id is not None for one in members)

    async def decide(self, claim_id: int, decider: int, *, allow: bool) -> tuple[Member, dict[str, Any]]:
        """Move the place to the account that claims it, or leave it; `decider` is a Telegram account.

        Returns the person's place and the stored note, from which `messages.team.account_claims` draws the
        decision. Raises NoClaim.
        """
        now = self._clock()
        async with self._database.write() as c:
            claim = await account_claims.get(c, claim_id, now)
            if claim is None:
                raise NoClaim
            places = await places_of(c, claim)
            mark = await _decided_by(c, claim, places, decider, now, allow=allow)
            if mark is None or not await account_claims.remove(c, claim_id):
                raise NoClaim
            if allow:
                name = claim.account_name
                await staff.connect(c, claim.staff_id, claim.telegram_id, claim.language, name)
                for place in places:
                    await redraw_cards(c, place, now)
            notes = [_note(claim, place, mark, allow=allow) for place in places]
            for place, note in zip(places, notes, strict=True):
                await _tell_decision(c, claim, place, note, decider, now)
            members = await staff.by_telegram(c, claim.telegram_id)
        log.info("account_decided", staff_id=claim.staff_id, allowed=allow)
        await self._follow_settings(members if allow else [])
        return places[0], notes[0]

    async def _claim(self, c: AsyncConnection, places: Sequence[Member], newcomer: Newcomer) -> None:
        person, now = places[0], self._clock()
        if person.telegram_id is None:
            return
        claim = Claim(
            person.staff_id,
            person.telegram_id,
            newcomer.telegram_id,
            newcomer.language,
            newcomer.name,
            now,
        )
        claim_id = await account_claims.put(c, claim)
        if claim_id is None:
            return
        chats = {person.telegram_id: person.shop_id}
        for place in places:
            chats.update(dict.fromkeys(await _directors(c, place), place.shop_id))
        kind = NewsKind.ACCOUNT_CLAIMED
        await shop_notifications.put(
            c,
            [
                News(shop_id, chat, kind, claim_id, sound=True, not_before=now)
                for chat, shop_id in chats.items()
            ],
        )

    async def _follow_settings(self, members: Sequence[Member]) -> None:
        for member in members:
            if member.by_settings is BySettings.NOW:
                await self._team.follow_settings(member.shop_id)


async def places_of(c: AsyncConnection, claim: Claim) -> list[Member]:
    """The person's places, while the account named in the claim is still the connected one."""
    members = await staff.by_telegram(c, claim.connected_id)
    return [one for one in members if one.staff_id == claim.staff_id]


async def may_allow(c: AsyncConnection, places: Sequence[Member], decider: int) -> bool:
    """Whether the decider is the connected account, or directs all shops that the new account would open."""
    if any(place.telegram_id == decider for place in places):
        return True
    directed = {place.shop_id for place in await _directing(c, decider)}
    return bool(places) and all(place.shop_id in directed for place in places)


async def _decided_by(
    c: AsyncConnection,
    claim: Claim,
    places: Sequence[Member],
    decider: int,
    now: datetime,
    *,
    allow: bool,
) -> Mark | None:
    """The mark of the decision; None for those who may not decide. Any director concerned may refuse."""
    mine = [*(one for one in places if one.telegram_id == decider), *await _directing(c, decider)]
    found = [one for one in mine if one.shop_id in {place.shop_id for place in places}]
    if not found or decider == claim.telegram_id:
        return None
    if allow and not await may_allow(c, places, decider):
        return None
    return Mark(now, found[0].role, found[0].staff_id, found[0].name)


async def _directing(c: AsyncConnection, telegram_id: int) -> list[Member]:
    return [one for one in await staff.by_telegram(c, telegram_id) if one.role is Role.DIRECTOR]


async def _directors(c: AsyncConnection, place: Member) -> list[int]:
    """The chats of the shop's directors, except that of the person concerned."""
    directors = await staff.of_shop(c, place.shop_id, {Role.DIRECTOR})
    return [
        one.telegram_id for one in directors if one.telegram_id is not None and one.staff_id != place.staff_id
    ]


def _note(claim: Claim, place: Member, mark: Mark, *, allow: bool) -> dict[str, Any]:
    return {
        "staff_id": place.staff_id,
        "name": place.name,
        "role": place.role.value,
        "allowed": allow,
        "by": serial.mark_document(mark),
        "old": {"telegram_id": claim.connected_id, "language": place.language},
        "new": {"telegram_id": claim.telegram_id, "language": claim.language},
    }


async def _tell_decision(
    c: AsyncConnection, claim: Claim, place: Member, note: dict[str, Any], decider: int, now: datetime
) -> None:
    """Notify both accounts and the directors; the decider sees the result in place of the question."""
    note_id = await shop_log.add(c, place.shop_id, NoteKind.ACCOUNT, now, note)
    chats = {claim.connected_id, claim.telegram_id, *await _directors(c, place)} - {decider}
    kind = NewsKind.ACCOUNT_DECIDED
    await shop_notifications.put(
        c, [News(place.shop_id, chat, kind, note_id, sound=True, not_before=now) for chat in chats]
    )


def _is_taken(places: Sequence[Member], newcomer: Newcomer) -> bool:
    return bool(places) and places[0].telegram_id not in {None, newcomer.telegram_id}
