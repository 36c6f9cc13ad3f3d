"""What differs from shop to shop: limits, zone, fees. Every number of the rules has its place here (R78)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from orders.model.details import Category
from orders.model.money import Money


class RecipientCalls(StrEnum):
    """Whether the shop asks the recipient for an address that the client does not know (R68)."""

    NEVER = "never"
    """Only the client and the marketplace are asked: it sends the recipient a message on the day itself."""
    SHOP = "shop"


class HandoverProof(StrEnum):
    """What whoever hands an order over has to show for it (X25)."""

    NONE = "none"
    PHOTO = "photo"
    CODE = "code"
    """Which the client passes on."""


class PhoneGate(StrEnum):
    """Who may show the client's phone in an emergency (R82)."""

    MANAGERS = "managers"
    """Directors may as well."""
    DIRECTORS = "directors"
    SELLER = "seller"
    """The seller of the order needs no permission either."""


@dataclass(frozen=True, slots=True)
class ShopRules:
    """The rules of one shop; times in minutes, rates in per cent of what the client paid."""

    timezone: str = "Europe/Moscow"
    country: str | None = "RU"
    """The country of phone numbers that are written without its code."""
    accept_minutes: float = 15
    accept_reminders: tuple[float, ...] = (5, 10)
    accept_repeat_minutes: float = 5
    undo_minutes: float = 10
    call_delay_seconds: float = 15
    """How long a step waits before the marketplace and the client hear of it, so that an undo takes it back
    everywhere (X18); 0 for not at all."""
    photo_before_minutes: tuple[float, ...] = (30, 10)
    """Minutes before the order must leave at which the shop is reminded of a missing photo (R27)."""
    assemble_minutes: float = 20
    """An order must be assembled so long before its photo is due; without a photo, before it leaves."""
    photo_light_percent: int = 10
    """A picture that is darker is warned of: its mean brightness, in per cent of white (R35)."""
    photo_sharpness: int = 15
    """A picture that is less sharp is warned of; the scale is that of `Measures.sharpness` (R35)."""
    rating_minutes: float = 15
    travel_minutes: float = 40
    """From the shop to an address, where nothing better is known."""
    leg_minutes: float = 20
    """The same from one address to the next (X26)."""
    door_minutes: float = 5
    """So long somebody stays at a door."""
    speed_kmh: float = 25
    road_percent: int = 140
    """A road is so much longer than the straight line between two known points."""
    early_minutes: float = 15
    """An order handed over earlier than this before its window starts needs the client's word (R66)."""
    late_repeat_minutes: float = 15
    offer_minutes: float = 10
    """After which nobody waits any more that one of the couriers takes an order that all were offered."""
    search_minutes: float = 15
    """So long the marketplace may look for a courier before the shop is told what to do (R86)."""
    spare_minutes: float = 10
    """So long a spare courier has to answer before the next one is named (R89)."""
    address_minutes: float = 120
    """Minutes before the order must leave at which the shop is reminded of an unknown address (X24)."""
    recipient_calls: RecipientCalls = RecipientCalls.NEVER
    handover_proof: HandoverProof = HandoverProof.NONE
    third_party_minutes: float = 30
    return_minutes: float = 30
    """How often the chiefs are asked what becomes of an order that is on its way back (R91)."""
    stop_repeat_minutes: float = 3
    """How often the one on the way with a cancelled order is told to stop, until he says that he has."""
    archive_hours: float = 48
    count_days: int = 1
    """Every so many days whoever may count the flowers is reminded of it; 0: never (R83)."""
    client_link_hours: float = 72
    """How long after the end of an order its client's link works (X7): while they may complain (X23)."""
    contacts_most: int = 5
    contacts_minutes: float = 30
    """So many contacts with a client within so many minutes, the client not answering, are enough (R64)."""
    phone_minutes: float = 60
    """How long the client's phone can be read after it was allowed (R82)."""
    phone_gate: PhoneGate = PhoneGate.MANAGERS
    support_minutes: float = 60
    """So long after a message to the marketplace's support the next one waits (R94)."""
    come_back_days: tuple[int, ...] = (1, 3)
    """In so many days a case of support may be looked at again: one button each (R93)."""
    dispute_hours: float = 72
    """So long the marketplace waits for the answer to a complaint after the delivery (X30)."""
    dispute_first_hours: float = 24
    dispute_last_hours: float = 4
    """With so many hours left the chiefs are alarmed, twice (X30)."""
    erase_days: float = 90
    """Days after which what is personal in a closed order is erased (R63)."""
    opens_at: time = time(9)
    """When a shop that was hidden "until tomorrow" opens, by its own clock."""
    reopen_reminder_minutes: float = 10
    pack_at: time = time(7, 30)
    """When directors and managers get the pack for the day each morning (X9)."""
    report_at: time | None = time(21)
    """When everybody gets the report of the day each evening (X10); None: none is sent."""
    orders_per_hour: int | None = None
    """So many orders the shop can do in an hour; None: reckoned from the last weeks (R7)."""
    florist_per_hour: int | None = None
    """The same of one florist."""
    shopping_at: time = time(19)
    """When directors and managers get the list of what to buy in the evening (X27)."""
    commission_percent: Decimal | None = None
    commission_by_category: tuple[tuple[Category, Decimal], ...] = ()
    """The goods whose commission differs, in per cent of what was paid for them."""
    commission_fixed: Money | None = None
    """For each order, on top of the percentage."""
    acquiring_percent: Decimal | None = None
    acquiring_fixed: Money | None = None
    delivery_fee: Money | None = None
    decline_new_percent: Decimal = Decimal(100)
    decline_accepted_percent: Decimal = Decimal(150)
    declines_free: int = 1
    """So many declined orders of a month cost nothing (R58; the marketplace's international blog)."""
    declines_most: int = 3
    """So many declined orders of a month cost the marketplace's best status (X30)."""
    decline_stars: int = 1
    """As a rating of so many stars a declined order counts; 0: as none (X30)."""
    set_in_chat: tuple[str, ...] = ()
    """What a director set in the chat of the shop that the settings describe: names of the rule book, and
    SHOP_NAME and SHOP_ZONE of it. The settings give only the start of these (R78)."""

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
