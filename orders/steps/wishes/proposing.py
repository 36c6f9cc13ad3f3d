"""The proposals to the client that follow from other details, and notes on those not made yet (R59, R66)."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from orders.client.agreements import open_one
from orders.intake.merge import plain
from orders.model.details import Details, Line
from orders.model.draft import Field
from orders.model.money import Money
from orders.model.order import Order, Topic
from orders.parsing.proposals import read_substitute
from orders.steps.agreements import Propose
from orders.steps.filling import SIGNS, sum_of, to_ask, words_of, written


def proposal(order: Order, other: Details, field: Field, zone: ZoneInfo) -> Propose | None:
    """The proposal to the client about this field; None if the bot cannot make one.

    If words or the goods to be replaced are missing, the person who proposes adds them.
    """
    if field is Field.WINDOW and other.window is not None:
        return Propose(Topic.WINDOW, written(other.window, zone))
    if field is Field.GOODS:
        return _substitution(order.details.lines, other.lines)
    if field is Field.PAID and _difference(order.details.paid, other.paid) > 0:
        return Propose(Topic.SURCHARGE)
    return None


def with_unasked(order: Order, other: Details, zone: ZoneInfo, mark: str) -> Details:
    """`other` with notes on changes that need the client's agreement but have not been proposed yet.

    The order stays unchanged, and the words are kept. Each note starts with the field's sign and `mark`, so
    that it can be removed once the client has answered. Sums go to the note for directors and managers (R13);
    phones are left out (R62).
    """
    fields = [field for field in to_ask(order, other) if not _is_asked(order, other, field, zone)]
    said = [f"{SIGNS[field]} {mark} {words}" for field in fields if (words := words_of(other, field, zone))]
    sums = (
        [f"{SIGNS[Field.PAID]} {mark} {sum_of(other.paid)}"]
        if Field.PAID in fields and other.paid is not None
        else []
    )
    shop_note = "\n".join(filter(None, (other.shop_note, *said)))
    return replace(
        other, shop_note=shop_note, payment_note="\n".join(filter(None, (other.payment_note, *sums)))
    )


def _is_asked(order: Order, other: Details, field: Field, zone: ZoneInfo) -> bool:
    """Whether an open proposal already asks about this field."""
    asked = proposal(order, other, field, zone)
    return asked is not None and open_one(order, asked.topic) is not None


def _substitution(mine: tuple[Line, ...], theirs: tuple[Line, ...]) -> Propose:
    gone, new = _lacking(mine, theirs), _lacking(theirs, mine)
    if len(gone) != 1 or len(new) != 1:
        return Propose(Topic.SUBSTITUTION)
    return Propose(Topic.SUBSTITUTION, _replacement(gone[0], new[0]), gone[0].name)


def _lacking(lines: tuple[Line, ...], others: tuple[Line, ...]) -> list[Line]:
    """The lines whose names the others lack."""
    names = {plain(line.name) for line in others}
    return [line for line in lines if plain(line.name) not in names]


def _replacement(old: Line, new: Line) -> str:
    """«Розы 15 шт, +300 RUB»; empty if a price is unknown or the text would be read differently."""
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
