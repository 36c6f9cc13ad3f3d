"""What a text that the staff enter may change of an order at once, and what the client is asked first.

The time, the goods, the price and where an order of the marketplace goes change only with the client's
agreement (R59, R66). What is still unknown of it is filled in at once (X1).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from orders.client.agreements import open_one
from orders.intake.merge import conflicts, merged, plain
from orders.model.details import Details, Line, Person, Window
from orders.model.draft import Field, knows
from orders.model.money import Money
from orders.model.order import Order, Topic
from orders.parsing.proposals import read_substitute
from orders.steps.commands import Propose

_OF_THE_CLIENT = frozenset(Field) - {
    Field.NUMBER,
    Field.CLIENT,
    Field.CLIENT_NOTE,
    Field.SHOP_NOTE,
    Field.COURIER_NOTE,
    Field.PAYMENT_NOTE,
}


_SIGNS = {
    Field.WINDOW: "❓🕒",
    Field.GOODS: "❓💐",
    Field.PAID: "❓💰",
    Field.ADDRESS: "❓📍",
    Field.RECIPIENT: "❓👤",
    Field.CARD_TEXT: "❓✉",
}
"""What a note on a field begins with, in every language."""
_OF_TOPIC = {Topic.WINDOW: Field.WINDOW, Topic.SUBSTITUTION: Field.GOODS, Topic.SURCHARGE: Field.PAID}


def to_ask(order: Order, other: Details) -> tuple[Field, ...]:
    """The fields that `other` would change and only the client can; none of the shop's own orders.

    Nor of an order that the marketplace has named and not shown: all that is known of it are the staff's own
    words (X13).
    """
    known = order.details
    if order.marketplace_status is None or known.unread:
        return ()
    found = {field for field in conflicts(known, other) if field in _OF_THE_CLIENT}
    if _moves_soon(known, other):
        found.add(Field.WINDOW)
    if knows(other, Field.DELIVERY) and other.delivery is not known.delivery:
        found.add(Field.DELIVERY)
    return tuple(field for field in Field if field in found)


def filled(order: Order, other: Details, taken: Collection[Field] = ()) -> Details:
    """The order's details with what it lacks, and the fields in `taken` that need no question."""
    asked = to_ask(order, other)
    if not asked:
        return merged(order.details, other, taken)
    return merged(order.details, _without(other, order.details, asked), taken)


def with_unasked(order: Order, other: Details, zone: ZoneInfo, mark: str) -> Details:
    """The text with a note of what only the client can change and nobody has asked about yet.

    The order stays as it is, and the words are not lost. A sign of the field and `mark` stand before each of
    them, so that the note can go when the answer has come. Sums are for directors and managers only (R13);
    phones are no notes (R62).
    """
    fields = [field for field in to_ask(order, other) if not _is_asked(order, other, field, zone)]
    said = [f"{_SIGNS[field]} {mark} {words}" for field in fields if (words := _words(other, field, zone))]
    sums = (
        [f"{_SIGNS[Field.PAID]} {mark} {_sum(other.paid)}"]
        if Field.PAID in fields and other.paid is not None
        else []
    )
    shop_note = "\n".join(filter(None, (other.shop_note, *said)))
    return replace(
        other, shop_note=shop_note, payment_note="\n".join(filter(None, (other.payment_note, *sums)))
    )


def without_answered(details: Details, topic: Topic) -> Details:
    """The details without the notes on what the client has answered by now; the history keeps them."""
    field = _OF_TOPIC.get(topic)
    return _without_lines(details, lambda line: field is not None and line.startswith(_SIGNS[field]))


def without_settled(details: Details, zone: ZoneInfo) -> Details:
    """The details without the notes on what they say themselves by now: the marketplace has changed it."""
    said = {
        sign: _sum(details.paid) if field is Field.PAID and details.paid else _words(details, field, zone)
        for field, sign in _SIGNS.items()
    }
    return _without_lines(
        details,
        lambda line: any(
            line.startswith(sign) and words and line.endswith(f" {words}") for sign, words in said.items()
        ),
    )


def _without_lines(details: Details, is_over: Callable[[str], bool]) -> Details:
    def kept(note: str) -> str:
        lines = note.split("\n")
        left = [line for line in lines if not is_over(line)]
        return note if len(left) == len(lines) else "\n".join(left)

    return replace(details, shop_note=kept(details.shop_note), payment_note=kept(details.payment_note))


def takes_past_time(order: Order, other: Details, taken: Collection[Field], now: datetime) -> bool:
    """Whether filling in would give the order a window that is over (X1): a person is asked first."""
    after = filled(order, other, taken).window
    return after is not None and after != order.details.window and after.end < now


def proposal(order: Order, other: Details, field: Field, zone: ZoneInfo) -> Propose | None:
    """The question to the client about this field; None where none can be asked through the bot.

    Without words, or without the goods to be replaced, the text does not say enough: whoever asks adds it.
    """
    if field is Field.WINDOW and other.window is not None:
        return Propose(Topic.WINDOW, _written(other.window, zone))
    if field is Field.GOODS:
        return _substitution(order.details.lines, other.lines)
    if field is Field.PAID and _difference(order.details.paid, other.paid) > 0:
        return Propose(Topic.SURCHARGE)
    return None


def _is_asked(order: Order, other: Details, field: Field, zone: ZoneInfo) -> bool:
    """Whether a question about it waits for the client's answer: then its words stand there."""
    asked = proposal(order, other, field, zone)
    return asked is not None and open_one(order, asked.topic) is not None


def _words(other: Details, field: Field, zone: ZoneInfo) -> str:
    if field is Field.WINDOW and other.window is not None:
        return _written(other.window, zone)
    if field is Field.GOODS:
        return "; ".join(
            line.name if line.count == 1 else f"{line.name} × {line.count}" for line in other.lines
        )
    if field is Field.RECIPIENT:
        return other.recipient.name
    return getattr(other, field.value) if field in {Field.ADDRESS, Field.CARD_TEXT} else ""


def _sum(paid: Money) -> str:
    return f"{paid.minor / 100:.2f} {paid.currency}"


def _moves_soon(known: Details, other: Details) -> bool:
    """Whether an order without a window would get one, or one with a window would be due at once."""
    if known.window is None:
        return known.as_soon_as_possible and other.window is not None
    return other.as_soon_as_possible and not known.as_soon_as_possible


def _without(other: Details, known: Details, fields: Collection[Field]) -> Details:
    """The text without these fields. An address belongs to its way of delivery."""
    if Field.DELIVERY in fields:
        other = replace(other, delivery=known.delivery, address="")
    if Field.ADDRESS in fields:
        other = replace(other, address="")
    if Field.WINDOW in fields:
        other = replace(other, window=None, as_soon_as_possible=False)
    if Field.GOODS in fields:
        other = replace(other, lines=())
    if Field.PAID in fields:
        other = replace(other, paid=None)
    if Field.RECIPIENT in fields:
        other = replace(other, recipient=Person())
    return replace(other, card_text="") if Field.CARD_TEXT in fields else other


def _written(window: Window, zone: ZoneInfo) -> str:
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    return f"{start:%d.%m} {start:%H:%M}-{end:%H:%M}"


def _substitution(mine: tuple[Line, ...], theirs: tuple[Line, ...]) -> Propose:
    gone, new = _lacking(mine, theirs), _lacking(theirs, mine)
    if len(gone) != 1 or len(new) != 1:
        return Propose(Topic.SUBSTITUTION)
    return Propose(Topic.SUBSTITUTION, _replacement(gone[0], new[0]), gone[0].name)


def _lacking(lines: tuple[Line, ...], others: tuple[Line, ...]) -> list[Line]:
    """The goods that the others lack."""
    names = {plain(line.name) for line in others}
    return [line for line in lines if plain(line.name) not in names]


def _replacement(old: Line, new: Line) -> str:
    """«Розы 15 шт, +300 RUB»; nothing where the price is unknown or the text would be read otherwise."""
    if old.paid is None or new.paid is None or old.paid.currency != new.paid.currency:
        return ""
    extra = _difference(old.paid, new.paid)
    amount = f"{abs(extra) / 100:.2f} {new.paid.currency}"
    words = f"{new.name}, {'+' if extra > 0 else '-'}{amount}" if extra else f"{new.name} без доплаты"
    is_same = new.count == old.count and read_substitute(words) == (
        new.name,
        Money(extra, new.paid.currency) if extra else None,
    )
    return words if is_same else ""


def _difference(before: Money | None, after: Money | None) -> int:
    if before is None or after is None or before.currency != after.currency:
        return 0
    return after.minor - before.minor
