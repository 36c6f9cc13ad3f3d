"""Orders at every stage, and helpers to read screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser

from messages.callbacks.order import Tap
from messages.card.details import details
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import units
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.model.details import DeliveryKind, Person
from orders.model.money import Money
from orders.model.order import DoubtKind, Handover, Order, Topic
from orders.model.people import MARKETPLACE, Actor
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps.commands import Command
from tests.builders import CLIENT, COURIER, DIRECTOR, MANAGER, NOON, RULES, SELLER, an_order, minutes

RU, EN = Translator("ru"), Translator("en")
NOW = NOON + minutes(10)
PAID_RULES = replace(
    RULES, commission_percent=Decimal(20), acquiring_percent=Decimal(2), delivery_fee=Money(40_000)
)
_ANOTHER = Person("NEWRECIPIENTNAME", "NEWRECIPIENTPHONE")
STAFF = (DIRECTOR, MANAGER, SELLER, COURIER)

Steps = tuple[tuple[Command, Actor], ...]

_ACCEPTED: Steps = ((do.Accept(), MANAGER),)
_ASSIGNED: Steps = (*_ACCEPTED, (do.AssignSeller(3, "Оля"), MANAGER))
_PHOTO: Steps = (*_ASSIGNED, (do.AttachPhoto("aa", "p/1.jpg"), SELLER))
_COURIER: Steps = (*_PHOTO, (do.AssignCourier(4, "Пётр"), MANAGER))
_LEFT: Steps = (*_COURIER, (do.Dispatch(by_self=False), SELLER))
_REFUSED: Steps = (*_LEFT, (do.RecipientRefused("REFUSALNOTE"), COURIER))
_AT_THE_DOOR: Steps = (
    (delivery.SayLate(15), COURIER),
    (delivery.Arrive(), COURIER),
    (delivery.FindNobody(), COURIER),
)
_MORE = (do.Propose(Topic.SURCHARGE, "500 ₽ за NOPHOTO"), MANAGER)
_YES = (do.AnswerProposal(1, agreed=True, words="COMPLAINT"), MANAGER)
_DONE_TO_THIRD = do.Complete(Handover.THIRD_PERSON, "COMMENT", agreed_with_client=True, agreed_words="да")

JOURNEYS: Mapping[str, Steps] = {
    "new": (),
    "accepted": _ACCEPTED,
    "assigned": _ASSIGNED,
    "photo": _PHOTO,
    "photo seen": (*_PHOTO, (do.PhotoShown("aa"), CLIENT)),
    "liked": (*_PHOTO, (do.Rate(liked=True), MANAGER)),
    "disliked": (*_PHOTO, (do.Rate(liked=False, complaint="COMPLAINT"), MANAGER)),
    "courier chosen": _COURIER,
    "courier before photo": (*_ASSIGNED, (do.AssignCourier(4, "Пётр"), MANAGER)),
    "third party": (*_PHOTO, (do.HandToThirdParty("THIRDNAME", "THIRDPHONE"), SELLER)),
    "third party left": (
        *_PHOTO,
        (do.HandToThirdParty("THIRDNAME", "THIRDPHONE"), SELLER),
        (do.PickUp(), SELLER),
    ),
    "third party before photo": (*_ASSIGNED, (do.HandToThirdParty("THIRDNAME", "THIRDPHONE"), SELLER)),
    "left": _LEFT,
    "self without photo": (*_ASSIGNED, (do.Dispatch(by_self=True, reason="NOPHOTO"), SELLER)),
    "returning": _REFUSED,
    "redispatched": (
        *_REFUSED,
        (
            do.Redispatch("AGREED", "NEWADDRESS", recipient=_ANOTHER),
            MANAGER,
        ),
    ),
    "done in person": (*_LEFT, (do.Complete(Handover.IN_PERSON), COURIER)),
    "done to a third person": (*_LEFT, (_DONE_TO_THIRD, COURIER)),
    "done for the courier": (*_LEFT, (do.Complete(Handover.IN_PERSON, reason="FORCOURIER"), MANAGER)),
    "cancelled": (*_ASSIGNED, (do.Cancel("CLOSINGREASON"), MANAGER)),
    "cancelled on the way": (*_LEFT, (do.Cancel("CLOSINGREASON"), MANAGER)),
    "declined": (*_ACCEPTED, (do.Decline("CLOSINGREASON"), MANAGER)),
    "in doubt": (*_COURIER, (do.RaiseDoubt(DoubtKind.STRANGE, "8"), MARKETPLACE)),
    "gone": (*_ACCEPTED, (do.RaiseDoubt(DoubtKind.GONE), MARKETPLACE)),
    "photo in the app": (*_ASSIGNED, (do.MarketplaceHas(Status.PHOTO), MARKETPLACE)),
    "left in the app": (*_ASSIGNED, (do.Dispatch(by_self=False), MARKETPLACE)),
    "done in the app": (*_LEFT, (do.Complete(Handover.IN_APP), MARKETPLACE)),
    "offered": (*_PHOTO, (delivery.OfferToCouriers(), SELLER)),
    "phone asked": (*_PHOTO, (do.AskClientPhone("PHONEREASON"), SELLER)),
    "phone asked on the way": (*_LEFT, (do.AskClientPhone("PHONEREASON"), SELLER)),
    "phone refused": (
        *_PHOTO,
        (do.AskClientPhone("PHONEREASON"), SELLER),
        (do.RefuseClientPhone(), MANAGER),
    ),
    "searched": (*_PHOTO, (delivery.Search(), SELLER)),
    "searched and told": (*_PHOTO, (delivery.Search(), SELLER), (delivery.TellSupport(), SELLER)),
    "spare comes anyway": (
        *_PHOTO,
        (delivery.Search(), SELLER),
        (do.HandToThirdParty("THIRDNAME", "THIRDPHONE", two_couriers="WHYNOTWO"), SELLER),
    ),
    "its courier came after the spare one": (
        *_PHOTO,
        (delivery.Search(), SELLER),
        (do.HandToThirdParty("THIRDNAME", "THIRDPHONE", two_couriers="WHYNOTWO"), SELLER),
        (delivery.CourierCame(), SELLER),
        (delivery.NoteCost("COSTWORDS"), SELLER),
    ),
    "given back": (*_COURIER, (delivery.GiveBack("HANDBACKREASON"), COURIER)),
    "late": (*_LEFT, (delivery.SayLate(15), COURIER)),
    "nobody there": (*_LEFT, *_AT_THE_DOOR),
    "brought back": (*_LEFT, *_AT_THE_DOOR, (delivery.BringBack("RETURNREASON"), COURIER)),
    "back in the shop": (*_REFUSED, (delivery.ComeBack(), SELLER)),
    "asked the client": (*_PHOTO, (do.Propose(Topic.THIRD_PERSON, "AGREED"), MANAGER)),
    "unpaid": (*_PHOTO, _MORE, _YES),
    "unpaid on return": (*_REFUSED, _MORE, _YES),
    "nobody but a third person agreed": (
        *_LEFT,
        (do.Propose(Topic.THIRD_PERSON, "AGREED"), MANAGER),
        _YES,
        (delivery.FindNobody(), COURIER),
    ),
    "third person agreed": (*_LEFT, (do.Propose(Topic.THIRD_PERSON, "AGREED"), MANAGER), _YES),
    "complaint": (
        *_LEFT,
        (do.Complete(Handover.IN_PERSON), COURIER),
        (do.OpenDispute("DISPUTEWORDS"), MANAGER),
    ),
    "stopped": (*_LEFT, (do.Cancel("CLOSINGREASON"), MANAGER), (do.SeeStop(), COURIER)),
    "hidden": (*_ACCEPTED, (do.Decline("нет пионов"), MANAGER), (do.Hide(), MANAGER)),
}


def at(stage: str, **changes: object) -> Order:
    """An order at this stage."""
    return _at(stage, frozenset(changes.items()))


@cache
def _at(stage: str, changed: frozenset[tuple[str, object]]) -> Order:
    """Cached, since orders are immutable."""
    changes = dict(changed)
    return an_order(*JOURNEYS[stage], **{"id": 17, "number": "25836184"} | changes)


def whole(order: Order, viewer: Actor, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The screen of «Подробно»."""
    return details(Look(order, viewer, rules, now, t))


def a_pickup(*steps: tuple[Command, Actor]) -> Order:
    return an_order(*steps, id=17, number="25836184", delivery=DeliveryKind.PICKUP)


def labels(screen: Screen) -> list[list[str]]:
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    return [[button.text for button in row] for row in rows]


def taps(screen: Screen) -> list[Tap]:
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    packed = [button.callback_data for row in rows for button in row if button.callback_data]
    return [Tap.unpack(data) for data in packed if data.startswith("o:")]


def everything(screen: Screen) -> str:
    """All that is sent to the phone: text, labels, links, callback data."""
    return screen.text + (screen.keyboard.model_dump_json() if screen.keyboard else "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"a", "b", "code", "tg-time"}, f"unexpected <{tag}>"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def as_read(screen: Screen) -> str:
    """The text as Telegram shows it. Fails on invalid HTML and on too long texts."""
    reader = _Reader()
    reader.feed(screen.text)
    reader.close()
    assert not reader.open
    text = "".join(reader.seen)
    assert units(text) <= 4096
    return text
