"""The printed pack of the day as data for the template (X9).

Only for directors and managers: names, addresses and phones are not masked. Clients' texts are passed as
data, so the template never executes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, clean_lines
from messages.ui import limits
from messages.ui.formatting import clock, moment
from messages.ui.heading import number, state, when
from orders.model.details import Line
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.schedule.day_pack import DayPack, routes

Links = Mapping[int, str]
"""The link that opens an order in the bot, by the order's id; the template draws it as a QR code."""


def pack_document(
    pack: DayPack, shop: str, rules: ShopRules, links: Links, now: datetime, t: Translator
) -> dict[str, Any]:
    """The whole pack: lists by hour, a card for each order, a route for each courier."""
    sheet = _Sheet(rules, links, now, t)
    return {
        "language": t.language,
        "title": t.plain("pack-title"),
        "shop": clean(shop, limits.ADDRESS),
        "made": t.plain("pack-made", when=sheet.date(now), clock=str(clock(now, rules.zone))),
        "note": t.plain("pack-private"),
        "days": list(sheet.days(pack)),
        "cards": [sheet.card(order) for order in pack.orders],
        "routes": [
            {
                "title": t.plain("pack-route", name=clean(route.carrier.name, limits.PERSON)),
                "orders": [sheet.stop(order) for order in route.orders],
            }
            for route in routes(pack)
        ],
        "open": t.plain("pack-open"),
    }


def order_document(
    order: Order, shop: str, rules: ShopRules, links: Links, now: datetime, t: Translator
) -> dict[str, Any]:
    """One order on a sheet."""
    pack = DayPack((), (), (), (order,))
    whole = pack_document(pack, shop, rules, links, now, t)
    return {**whole, "title": t.plain("claims-open", number=number(order)), "days": [], "routes": []}


def pack_text(document: Mapping[str, Any]) -> str:
    """The same pack as plain text, for when no PDF can be drawn."""
    blocks = [_joined(document[key] for key in ("title", "shop", "made", "note"))]
    for day in document["days"]:
        blocks += [day["title"], *map(_day_line, day["orders"])]
    for route in document["routes"]:
        blocks += [route["title"], *(_joined((_head(one), *_said(one["rows"]))) for one in route["orders"])]
    blocks += [_card_lines(card, document["open"]) for card in document["cards"]]
    return "\n\n".join(blocks) + "\n"


def _head(order: Mapping[str, str]) -> str:
    return f"{order['hour']}  {order['number']}"


def _day_line(order: Mapping[str, str]) -> str:
    return _joined((f"{_head(order)} · {order['state']}", order["goods"], order["address"]))


def _card_lines(card: Mapping[str, Any], link_label: str) -> str:
    goods = [words for line in card["lines"] for words in (line["text"], line["note"])]
    rows = [{"label": card["card"]["label"], "value": card["card"]["text"]}, *card["rows"]]
    link = {"label": link_label, "value": card["link"]}
    head = (f"{card['number']} · {card['when']}", card["state"], card["unknown"])
    return _joined((*head, *goods, *_said([*rows, link])))


def _said(rows: Iterable[Mapping[str, str]]) -> list[str]:
    return [f"{row['label']}: {row['value']}" for row in rows if row["value"]]


def _joined(lines: Iterable[str]) -> str:
    """One entry a line; further lines of a text from outside are indented and cannot pass for entries."""
    return "\n".join(line.replace("\n", "\n    ") for line in lines if line)


def pack_caption(pack: DayPack, now: datetime, rules: ShopRules, t: Translator, *, is_text: bool) -> str:
    """The caption of the file in the chat; `is_text`: it is plain text, as no PDF could be drawn."""
    caption = t("pack-caption", count=len(pack.orders), when=moment(now, now, rules.zone, t))
    return f"{t('pack-not-drawn')}\n\n{caption}" if is_text else str(caption)


class _Sheet:
    """The data shared by all orders of a pack."""

    def __init__(self, rules: ShopRules, links: Links, now: datetime, t: Translator) -> None:
        self._rules = rules
        self._links = links
        self._now = now
        self._t = t

    def date(self, at: datetime) -> str:
        return f"{at.astimezone(self._rules.zone):%d.%m.%Y}"

    def days(self, pack: DayPack) -> Iterator[dict[str, Any]]:
        tomorrow = self.date(self._now + timedelta(days=1))
        named: Sequence[tuple[str, tuple[Order, ...], str]] = (
            ("pack-earlier", pack.earlier, ""),
            ("pack-today", pack.of_today, self.date(self._now)),
            ("pack-untimed", pack.untimed, ""),
            ("pack-tomorrow", pack.of_tomorrow, tomorrow),
        )
        for key, orders, date in named:
            if orders:
                yield {
                    "title": self._t.plain(key, date=date),
                    "orders": [self._line(order) for order in orders],
                }

    def _line(self, order: Order) -> dict[str, str]:
        details = order.details
        return {
            "hour": self._hour(order),
            "number": str(number(order)),
            "state": self._t.plain(f"state-{order.status.value}"),
            "goods": "; ".join(self._goods(line) for line in details.lines if not line.is_addon),
            "address": clean_lines(details.address).replace("\n", ", "),
        }

    def _hour(self, order: Order) -> str:
        window = order.details.window
        if window is None:
            return "-"
        zone = self._rules.zone
        return f"{clock(window.start, zone)}-{clock(window.end, zone)}"

    def card(self, order: Order) -> dict[str, Any]:
        """Everything that the florist and the courier need."""
        details = order.details
        return {
            "number": str(number(order)),
            "when": str(when(order, self._rules, self._now, self._t, with_distance=False).unescape()),
            "state": str(state(order, self._t).unescape()),
            "lines": [
                {"text": self._goods(line), "note": clean_lines(line.description)} for line in details.lines
            ],
            "unknown": "" if details.lines else self._t.plain("composition-unknown"),
            "rows": self._rows(self._values(order)),
            "card": {
                "label": self._t.plain("record-card-text"),
                "text": clean_lines(details.card_text),
            },
            "link": self._links.get(order.id, ""),
        }

    def stop(self, order: Order) -> dict[str, Any]:
        """A stop of a route: where, to whom, when."""
        return {
            "hour": self._hour(order),
            "number": str(number(order)),
            "rows": self._rows(
                (key, value)
                for key, value in self._values(order)
                if key
                in {"record-address", "record-recipient", "record-recipient-phone", "record-courier-note"}
            ),
            "link": self._links.get(order.id, ""),
        }

    def _goods(self, line: Line) -> str:
        name = clean_lines(line.name).replace("\n", " ") or self._t.plain("product-unnamed")
        addon = f" ({self._t.plain('record-addon')})" if line.is_addon else ""
        return f"{name} × {line.count}{addon}"

    def _values(self, order: Order) -> Iterator[tuple[str, str]]:
        details, progress = order.details, order.progress
        yield "record-address", details.address
        yield "record-recipient", details.recipient.name
        yield "record-recipient-phone", details.recipient.phone
        yield "record-client", details.client.name
        yield "record-client-phone", details.client.phone
        yield "record-client-note", details.client_note
        yield "record-shop-note", details.shop_note
        yield "record-courier-note", details.courier_note
        yield "record-payment-note", details.payment_note
        yield "record-seller", progress.seller.name if progress.seller else ""
        yield "record-carrier", progress.carrier.name if progress.carrier else ""

    def _rows(self, values: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
        cleaned = ((key, clean_lines(value)) for key, value in values)
        return [{"label": self._t.plain(key), "value": value} for key, value in cleaned if value]
