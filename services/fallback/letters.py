"""Builds the letters of the second way: number, window and deadline of orders, nothing personal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from messages.i18n.texts import Translator
from messages.support.fallback import body, title
from orders.model.order import Order
from orders.model.people import CHIEFS, Role
from orders.schedule.fallback import is_worth_telling, matter
from storage.sending.fallback import Left, Untaken, Way
from storage.shop.shop_with_staff import ShopWithStaff
from storage.team.staff import Member

_ACCEPT = CHIEFS | {Role.SELLER}
"""Roles that also get what is meant for the shop's group."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message to one address. `is_from_chat`: the address was set in a chat."""

    address: str = field(repr=False)
    title: str
    body: str
    is_from_chat: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """What people must know of an order, and the chats that Telegram did not reach."""

    order: Order
    about: str
    chats: frozenset[int]


@dataclass(frozen=True, slots=True)
class Letter:
    """An envelope and the matters that it reports."""

    envelope: Envelope
    matters: tuple[Matter, ...]


def matters_of(
    crew: ShopWithStaff,
    orders: Mapping[int, Order],
    found: Sequence[Untaken],
    left: Sequence[Left],
    rang: Mapping[tuple[int, str], datetime],
    now: datetime,
) -> list[Matter]:
    """The matters of a shop's orders that should be sent now."""
    matters = []
    for one in found:
        order = orders.get(one.order_id)
        about = matter(order, crew.shop.rules, now) if order and order.shop_id == crew.shop.id else None
        if order is None or about is None:
            continue
        of_order = [told for told in left if told.order_id == order.id]
        told_at = [told.at for told in of_order if told.about == about]
        if is_worth_telling(told_at, rang.get((order.id, about)), now, len(of_order)):
            matters.append(Matter(order, about, one.chats))
    return matters


def letters_of(
    crew: ShopWithStaff, matters: Sequence[Matter], ways: Sequence[Way], own: Sequence[str], now: datetime
) -> list[Letter]:
    """One letter for each address with all its matters. `own` are the addresses of the settings."""
    people = {member.staff_id: member for member in crew.members}
    letters = [
        _letter(crew, matters, address, crew.shop.language, now, is_from_chat=False) for address in own
    ]
    for way in ways:
        person = people.get(way.staff_id) if way.staff_id is not None else None
        theirs = matters if way.staff_id is None else _of_person(crew, matters, person)
        language = person.language if person else crew.shop.language
        letters.append(_letter(crew, theirs, way.address, language, now, is_from_chat=True))
    return [letter for letter in letters if letter.matters]


def _of_person(crew: ShopWithStaff, matters: Sequence[Matter], person: Member | None) -> list[Matter]:
    """The matters for their own chat, or for a group in which they may accept orders."""
    if person is None:
        return []
    chats = {person.telegram_id}
    if person.role in _ACCEPT:
        chats.add(crew.shop.group_chat_id)
    return [one for one in matters if one.chats & chats]


def _letter(
    crew: ShopWithStaff,
    matters: Sequence[Matter],
    address: str,
    language: str,
    now: datetime,
    *,
    is_from_chat: bool,
) -> Letter:
    t = Translator(language)
    told = [(one.order, one.about) for one in matters]
    words = body(told, crew.shop.rules, now, t)
    return Letter(Envelope(address, title(crew.shop.name, t), words, is_from_chat), tuple(matters))
