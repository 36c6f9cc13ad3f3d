"""The shops of one bot: directors add them and set what differs between them (X6, R78)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.roles import Act, may_at_home
from orders.model.people import Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.shop.rule_book import RULES, SHOP_NAME, SHOP_ZONE, Rule, as_in_settings, changed, marked
from orders.shop.rule_values import read_value
from orders.shop.zones import read_zone, suggestions
from services.order.recalculate_deadlines import reckon_deadlines
from services.shop.countries import country_of
from services.team.team_notifications import of_adding
from storage.db.database import Database
from storage.sending import shop_notifications
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff

LONGEST_NAME = 60
MOST_SHOPS = 20

Change = Callable[[Shop, list[Shop]], Shop]
"""Returns the changed shop; the list holds the other shops, from which it must differ."""

log = structlog.get_logger(__name__)


class ShopField(StrEnum):
    """The fields of a shop that a director can set in the chat."""

    NAME = SHOP_NAME
    ZONE = SHOP_ZONE
    MARKETPLACE = "marketplace"


class Flaw(StrEnum):
    """Why a value is not accepted; the text for each is `shops-flaw-<value>`."""

    NAME = "name"
    NAME_TAKEN = "name-taken"
    ZONE = "zone"
    MARKETPLACE = "marketplace"
    MARKETPLACE_TAKEN = "marketplace-taken"
    TOO_MANY = "too-many"
    OF_SETTINGS = "of-settings"
    NUMBER_OF_SETTINGS = "number-of-settings"
    IN_USE = "in-use"


class BadShop(ValueError):  # noqa: N818 - it is the shop that is bad, not the program
    """The value is not accepted; nothing is changed."""

    def __init__(self, flaw: Flaw, near: tuple[str, ...] = ()) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw
        self.near = near
        """Suggestions: what may have been meant."""


class ShopSettings:
    """Adds and changes shops. Raises Refusal NOT_YOURS for all but directors, and BadShop.

    At each start the settings describe the shop `settings_shop` (`start`). A value that a director sets for
    it in the chat overrides the settings, until `reset` restores them.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        settings_shop: int,
        start: Shop,
    ) -> None:
        self._database = database
        self._clock = clock
        self.settings_shop = settings_shop
        self.start = start

    async def run_by(self, actor: Actor) -> list[Shop]:
        """The shops in which this person is a director."""
        _may(actor)
        async with self._database.snapshot() as c:
            return await _run_by(c, actor)

    async def check_new(self, actor: Actor, name: str) -> None:
        """Check whether a shop of this name could be added. Raises BadShop."""
        _may(actor)
        async with self._database.snapshot() as c:
            _check_new(name, await shops.all_shops(c))

    async def add(self, actor: Actor, name: str) -> Shop:
        """Add a shop with the rules and the directors of the director's current shop."""
        shop_id = _may(actor)
        async with self._database.write() as c:
            known = await shops.all_shops(c)
            _check_new(name, known)
            model = next(shop for shop in known if shop.id == shop_id)
            added = await shops.put(
                c, Shop(0, None, name, model.language, replace(model.rules, set_in_chat=()))
            )
            for director in await staff.of_shop(c, shop_id, {Role.DIRECTOR}):
                member = await staff.add(c, added.id, director.phone, director.name, Role.DIRECTOR)
                if member.staff_id != actor.staff_id:
                    await shop_notifications.put(c, of_adding(member, self._clock()))
            await staff.go_to(c, actor.staff_id or 0, added.id)
        log.info("shop_added", shop_id=added.id)
        return added

    async def is_removable(self, actor: Actor) -> bool:
        """Whether the director's shop was added in the chat and has not been used yet."""
        shop_id = _may(actor)
        if shop_id == self.settings_shop:
            return False
        async with self._database.snapshot() as c:
            return not await shops.is_used(c, shop_id)

    async def remove(self, actor: Actor) -> Shop:
        """Remove the director's shop while it is unused; returns the shop that they are in afterwards."""
        shop_id = _may(actor)
        if shop_id == self.settings_shop:
            raise BadShop(Flaw.OF_SETTINGS)
        async with self._database.write() as c:
            if await shops.is_used(c, shop_id):
                raise BadShop(Flaw.IN_USE)
            others = [shop for shop in await _run_by(c, actor) if shop.id != shop_id]
            if not others:  # the director works in no other shop
                raise BadShop(Flaw.IN_USE)
            await staff.go_to(c, actor.staff_id or 0, others[0].id)
            await shops.remove(c, shop_id)
        log.info("shop_removed", shop_id=shop_id)
        return others[0]

    async def change(self, actor: Actor, field: ShopField, words: str) -> Shop:
        """Set a field of the director's shop."""
        said = " ".join(words.split())
        return await self._change(
            actor,
            field.value,
            lambda shop, others: self._marked(_CHANGES[field](shop, said, others), field.value),
        )

    async def change_rule(self, actor: Actor, rule: Rule, words: str) -> Shop:
        """Set one of the rules of the director's shop. Also raises BadRule."""
        value = read_value(rule, words)
        return await self._change(
            actor,
            rule.name,
            lambda shop, _: self._marked(
                replace(shop, rules=changed(shop.rules, rule.name, value)), rule.name
            ),
        )

    async def reset(self, actor: Actor, name: str) -> Shop:
        """Reset a rule, the name or the zone of the settings' shop to the settings (R78)."""
        if _may(actor) != self.settings_shop or name not in {*RULES, SHOP_NAME, SHOP_ZONE}:
            raise Refusal(Reason.NOT_YOURS)
        return await self._change(actor, name, lambda shop, others: self._as_in_settings(shop, name, others))

    def _as_in_settings(self, shop: Shop, name: str, others: list[Shop]) -> Shop:
        if name == SHOP_NAME:
            shop = _name(shop, self.start.name, others)
        return replace(shop, rules=as_in_settings(self.start.rules, shop.rules, name))

    def _marked(self, shop: Shop, what: str) -> Shop:
        """Mark in the settings' shop what was set in the chat. Its marketplace id belongs to the token."""
        if shop.id != self.settings_shop:
            return shop
        if what != ShopField.MARKETPLACE:
            return replace(shop, rules=marked(shop.rules, what))
        if self.start.marketplace_id is not None:
            raise BadShop(Flaw.NUMBER_OF_SETTINGS)
        return shop

    async def _change(self, actor: Actor, what: str, change: Change) -> Shop:
        """Change the shop, and recalculate its deadlines if a rule changed."""
        shop_id = _may(actor)
        async with self._database.write() as c:
            known = await shops.all_shops(c)
            others = [shop for shop in known if shop.id != shop_id]
            shop = next(shop for shop in known if shop.id == shop_id)
            after = await shops.put(c, change(shop, others))
            if after.rules != shop.rules:
                await reckon_deadlines(c, after)
        log.info("shop_changed", shop_id=shop_id, what=what)
        return after


def _may(actor: Actor) -> int:
    if actor.shop_id is None or not may_at_home(actor, Act.RUN_SHOPS):
        raise Refusal(Reason.NOT_YOURS)
    return actor.shop_id


async def _run_by(c: AsyncConnection, actor: Actor) -> list[Shop]:
    """The shops in which this person is a director, in the order in which they were added."""
    known = await shops.all_shops(c)
    here = [await staff.get(c, actor.staff_id or 0, shop.id) for shop in known]
    return [shop for shop, member in zip(known, here, strict=True) if member and member.role is Role.DIRECTOR]


def _check_new(name: str, known: list[Shop]) -> None:
    _check_name(name, known)
    if len(known) >= MOST_SHOPS:
        raise BadShop(Flaw.TOO_MANY)


def _check_name(name: str, others: list[Shop]) -> None:
    """Names distinguish the shops of one person, so they must be unique."""
    if not name or len(name) > LONGEST_NAME:
        raise BadShop(Flaw.NAME)
    if name.casefold() in {shop.name.casefold() for shop in others}:
        raise BadShop(Flaw.NAME_TAKEN)


def _name(shop: Shop, words: str, others: list[Shop]) -> Shop:
    _check_name(words, others)
    return replace(shop, name=words)


def _zone(shop: Shop, words: str, _others: list[Shop]) -> Shop:
    found = read_zone(words)
    if found is None or "/" not in found:
        raise BadShop(Flaw.ZONE, suggestions(words))
    return replace(shop, rules=replace(shop.rules, timezone=found, country=country_of(found)))


def _marketplace(shop: Shop, words: str, others: list[Shop]) -> Shop:
    number = _whole(words, 2**31, Flaw.MARKETPLACE)
    if number in {other.marketplace_id for other in others}:
        raise BadShop(Flaw.MARKETPLACE_TAKEN)
    return replace(shop, marketplace_id=number)


def _whole(words: str, most: int, flaw: Flaw) -> int:
    number = int(words) if re.fullmatch(r"[0-9]{1,10}", words) else 0
    if not 0 < number <= most:
        raise BadShop(flaw)
    return number


_CHANGES: dict[ShopField, Callable[[Shop, str, list[Shop]], Shop]] = {
    ShopField.NAME: _name,
    ShopField.ZONE: _zone,
    ShopField.MARKETPLACE: _marketplace,
}
