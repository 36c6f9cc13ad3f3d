"""The settings of a shop: limits, zone, fees. Every number in the rules is defined here (R78)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from orders.model.details import Category
from orders.model.money import Money


class RecipientCalls(StrEnum):
    """Whether the shop may ask the recipient for an address that the client does not know (R68)."""

    NEVER = "never"
    """Only client and marketplace are asked; the marketplace messages the recipient on the delivery day."""
    SHOP = "shop"


class HandoverProof(StrEnum):
    """The proof of the hand-over that the carrier has to provide (X25)."""

    NONE = "none"
    PHOTO = "photo"
    CODE = "code"
    """The client passes the code on."""


class PhoneGate(StrEnum):
    """Who may show the client's phone in an emergency (R82)."""

    MANAGERS = "managers"
    """Managers and directors."""
    DIRECTORS = "directors"
    SELLER = "seller"
    """The seller of the order may do so without permission, too."""


@dataclass(frozen=True, slots=True)
class ShopRules:
    """The rules of one shop; times in minutes, rates in per cent of what the client paid."""

    timezone: str = "Europe/Moscow"
    country: str | None = "RU"
    """The country of phone numbers written without a country code."""
    accept_minutes: float = 15
    accept_reminders: tuple[float, ...] = (5, 10)
    accept_repeat_minutes: float = 5
    undo_minutes: float = 10
    call_delay_seconds: float = 15
    """How long telling the marketplace and the client of a step is delayed; 0: not at all.

    An undo within this time takes the step back everywhere (X18).
    """
    photo_before_minutes: tuple[float, ...] = (30, 10)
    """Minutes before the order must leave at which the shop is reminded of a missing photo (R27)."""
    assemble_minutes: float = 20
    """How long before its photo is due an order must be assembled; without a photo, before it leaves."""
    photo_light_percent: int = 10
    """Mean brightness in per cent of white below which a picture is called too dark (R35)."""
    photo_sharpness: int = 15
    """Sharpness below which a picture is called blurred; the scale of `Measures.sharpness` (R35)."""
    rating_minutes: float = 15
    travel_minutes: float = 40
    """From the shop to an address, if no better value is known."""
    leg_minutes: float = 20
    """From one address to the next, if no better value is known (X26)."""
    door_minutes: float = 5
    """Time spent at a door."""
    speed_kmh: float = 25
    road_percent: int = 140
    """Length of the road in per cent of the straight line between two known points."""
    early_minutes: float = 15
    """An order handed over earlier than this before its window needs the client's consent (R66)."""
    late_repeat_minutes: float = 15
    offer_minutes: float = 10
    """How long an offer to all couriers may stay open before the shop is reminded."""
    search_minutes: float = 15
    """How long the marketplace may search for a courier before the shop is told what to do (R86)."""
    spare_minutes: float = 10
    """How long a spare courier has to answer before the next one is suggested (R89)."""
    address_minutes: float = 120
    """Minutes before the order must leave at which the shop is reminded of an unknown address (X24)."""
    recipient_calls: RecipientCalls = RecipientCalls.NEVER
    handover_proof: HandoverProof = HandoverProof.NONE
    third_party_minutes: float = 30
    return_minutes: float = 30
    """Interval at which the chiefs are asked what to do with an order that is brought back (R91)."""
    stop_repeat_minutes: float = 3
    """Interval at which the carrier of a cancelled order is told to stop, until they confirm."""
    archive_hours: float = 48
    count_days: int = 1
    """Interval in days at which those who may count the flowers are reminded of it; 0: never (R83)."""
    client_link_hours: float = 72
    """How long after an order's end the client's link works (X7); the client may complain meanwhile (X23)."""
    contacts_most: int = 5
    contacts_minutes: float = 30
    """At most `contacts_most` contacts within this time while the client does not answer (R64)."""
    phone_minutes: float = 60
    """How long the client's phone can be read after it was allowed (R82)."""
    phone_gate: PhoneGate = PhoneGate.MANAGERS
    support_minutes: float = 60
    """Minimum time between two messages to the marketplace's support (R94)."""
    come_back_days: tuple[int, ...] = (1, 3)
    """Days after which a support case is to be followed up; one button each (R93)."""
    dispute_hours: float = 72
    """How long the marketplace waits for the answer to a complaint after the delivery (X30)."""
    dispute_first_hours: float = 24
    dispute_last_hours: float = 4
    """Hours before that deadline at which the chiefs get the first and the last alarm (X30)."""
    erase_days: float = 90
    """Days after which personal data in a closed order is erased (R63)."""
    opens_at: time = time(9)
    """When a shop hidden "until tomorrow" opens, on its own clock."""
    reopen_reminder_minutes: float = 10
    pack_at: time = time(7, 30)
    """When directors and managers get the pack for the day each morning (X9)."""
    report_at: time | None = time(21)
    """When everybody gets the report of the day each evening (X10); None: no report."""
    orders_per_hour: int | None = None
    """How many orders the shop can do in an hour; None: estimated from the last weeks (R7)."""
    florist_per_hour: int | None = None
    """The same for one florist."""
    shopping_at: time = time(19)
    """When directors and managers get the shopping list each evening (X27)."""
    commission_percent: Decimal | None = None
    commission_by_category: tuple[tuple[Category, Decimal], ...] = ()
    """Categories with their own commission, in per cent of what was paid for those products."""
    commission_fixed: Money | None = None
    """Per order, on top of the percentage."""
    acquiring_percent: Decimal | None = None
    acquiring_fixed: Money | None = None
    delivery_fee: Money | None = None
    decline_new_percent: Decimal = Decimal(100)
    decline_accepted_percent: Decimal = Decimal(150)
    declines_free: int = 1
    """How many declined orders a month cost nothing (R58; the marketplace's international blog)."""
    declines_most: int = 3
    """The number of declined orders in a month that costs the marketplace's best status (X30)."""
    decline_stars: int = 1
    """A declined order counts as a rating of this many stars; 0: as no rating (X30)."""
    set_in_chat: tuple[str, ...] = ()
    """What a director set in the chat for the shop in the settings, which only give initial values.

    Names from the rule book, and its SHOP_NAME and SHOP_ZONE (R78).
    """

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def accept_within(self) -> timedelta:
        return timedelta(minutes=self.accept_minutes)

    @property
    def call_delay(self) -> timedelta:
        return timedelta(seconds=self.call_delay_seconds)

    @property
    def undo_within(self) -> timedelta:
        return timedelta(minutes=self.undo_minutes)
