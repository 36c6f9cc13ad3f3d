"""Changes of an order, old and new value, as far as the viewer may read them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.formatting import span
from messages.ui.names import product_name
from messages.ui.order_view import Look
from messages.ui.sums import money
from orders.access.privacy import Secret
from orders.model.details import Details, Person
from orders.model.rules import ShopRules
from orders.order.changes import Part, changed

ROOM = 80
"""Maximum length of a shown value: enough to distinguish old and new."""

_SECRETS: Mapping[Part, Secret] = {
    Part.COMPOSITION: Secret.CARD_TEXT,  # the carrier need not know it (R44)
    Part.ADDRESS: Secret.ADDRESS,
    Part.COURIER_NOTE: Secret.ADDRESS,
    Part.CARD_TEXT: Secret.CARD_TEXT,
    Part.CLIENT_NOTE: Secret.CARD_TEXT,
    Part.SHOP_NOTE: Secret.CARD_TEXT,
    Part.CLIENT: Secret.CLIENT_NAME,
    Part.RECIPIENT: Secret.RECIPIENT_NAME,
    Part.PAID: Secret.MONEY,
    Part.PAYMENT_NOTE: Secret.MONEY,
}


@dataclass(frozen=True, slots=True)
class _Reader:
    """The rules, time and language of the reader."""

    rules: ShopRules
    now: datetime
    t: Translator


def card_lines(look: Look) -> list[Markup]:
    """Changes since the order came; none after its end or after an agreed redirection."""
    amendment = look.order.amendment
    if amendment is None or look.order.is_final or look.order.progress.went_to:
        return []
    may_read = [part for part in Part if part not in _SECRETS or look.may(_SECRETS[part])]
    lines = differences(amendment.original, look.order.details, look.rules, look.now, look.t, may_read)
    return [look.t("card-amended", signed=look.signed(amendment.mark)), *lines] if lines else []


def first_card_lines(look: Look) -> list[Markup]:
    """The changes that fit the card; «Подробно» shows all."""
    return card_lines(look)[: limits.CHANGES]


def differences(
    before: Details,
    after: Details,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    parts: Collection[Part] = tuple(Part),
) -> list[Markup]:
    """A line for each of these parts that differs: «Адрес: Лесная 5 → Садовая 7»."""
    reader, found = _Reader(rules, now, t), changed(before, after)
    return [_line(part, before, after, reader) for part in Part if part in found and part in parts]


def _line(part: Part, before: Details, after: Details, reader: _Reader) -> Markup:
    was, now_is = (clean(_SHOWN[part](details, reader), ROOM) for details in (before, after))
    what = reader.t(f"part-{part.value}")
    if was == now_is:  # they differ in a phone, or beyond the shown length
        return reader.t("change-hidden", what=what)
    nothing = reader.t.plain("change-nothing")
    return reader.t("change", what=what, before=was or nothing, after=now_is or nothing)


def _composition(details: Details, reader: _Reader) -> str:
    lines = [(product_name(line.name, reader.t), line.count) for line in details.lines]
    return ", ".join(f"{name} × {count}" if count != 1 else name for name, count in lines)


def _window(details: Details, reader: _Reader) -> str:
    if details.window is None:
        return reader.t.plain("when-soon") if details.as_soon_as_possible else ""
    return span(details.window, reader.now, reader.rules.zone, reader.t).unescape()


def _person(person: Person) -> str:
    """Only the name: this place does not check who may read the phone."""
    return person.name


_SHOWN: Mapping[Part, Callable[[Details, _Reader], str]] = {
    Part.COMPOSITION: _composition,
    Part.WINDOW: _window,
    Part.DELIVERY: lambda details, reader: reader.t.plain(f"delivery-{details.delivery.value}"),
    Part.ADDRESS: lambda details, _reader: details.address,
    Part.CARD_TEXT: lambda details, _reader: details.card_text,
    Part.CLIENT_NOTE: lambda details, _reader: details.client_note,
    Part.SHOP_NOTE: lambda details, _reader: details.shop_note,
    Part.COURIER_NOTE: lambda details, _reader: details.courier_note,
    Part.PAYMENT_NOTE: lambda details, _reader: details.payment_note,
    Part.RECIPIENT: lambda details, _reader: _person(details.recipient),
    Part.CLIENT: lambda details, _reader: _person(details.client),
    Part.PAID: lambda details, reader: money(details.paid, reader.t).unescape() if details.paid else "",
}
