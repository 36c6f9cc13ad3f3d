"""Compensation claims: what a mishap cost, what the shop asks for, the answer, the payment (R88)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from orders.access.order_access import parties
from orders.model.delivery_facts import CourierSearch
from orders.model.details import Paper
from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Order
from orders.model.people import Actor, Mark, Party
from orders.model.rules import ShopRules
from orders.parsing.sums import find_sums, read_sum

LONGEST_WORDS = 500
MOST_ENTRIES = 40
MOST_RECEIPTS = 10
"""Receipts of one cost."""
LARGEST_SUM = 1_000_000_00
"""In minor units; a larger sum is a typing error."""


class EntryKind(StrEnum):
    """The kinds of entries in a claim."""

    COST = "cost"
    ASKED = "asked"
    ANSWER = "answer"
    PAID = "paid"
    REFUSED = "refused"
    GIFT = "gift"
    """A free gift with the order (R85); written by the step itself."""


WITH_SUM = frozenset({EntryKind.COST, EntryKind.ASKED, EntryKind.PAID})


class SumFlaw(StrEnum):
    """Why the words contain no valid sum."""

    NONE = "none"
    SEVERAL = "several"
    ZERO = "zero"
    LARGE = "large"


class BadSum(ValueError):  # noqa: N818 - it is the sum that is bad, not the program
    """The words contain no sum, several sums, or an invalid one."""

    def __init__(self, flaw: SumFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a claim. `amount` is None for an answer, and for a receipt whose sum is not known yet.

    `withdrawn`: it was a mistake; it stays on record but does not count. `of_courier`: a cost from a step of
    the order (`NoteCost`).
    """

    kind: EntryKind
    mark: Mark
    words: str = ""
    amount: Money | None = None
    receipts: tuple[Paper, ...] = ()
    withdrawn: Mark | None = None
    of_courier: bool = False


@dataclass(frozen=True, slots=True)
class Compensation:
    """The compensation claim of one order; id 0: not stored yet."""

    id: int
    shop_id: int
    order_id: int
    opened_at: datetime
    entries: tuple[Entry, ...] = ()

    @property
    def valid(self) -> tuple[Entry, ...]:
        """The entries that were not withdrawn."""
        return tuple(one for one in self.entries if one.withdrawn is None)

    @property
    def is_counted(self) -> bool:
        """Whether monthly lists include it: not if all entries were withdrawn or it only has a free card."""
        return any(one.kind is not EntryKind.GIFT or one.amount is not None for one in self.valid)

    @property
    def costs(self) -> tuple[Money, ...]:
        """The costs, one sum per currency."""
        return in_all(self._amounts(EntryKind.COST))

    @property
    def gifts(self) -> tuple[Money, ...]:
        """The costs of the order's gifts to the shop."""
        return in_all(self._amounts(EntryKind.GIFT))

    @property
    def asked(self) -> Entry | None:
        """The sum that is claimed: the last one entered."""
        return next((one for one in reversed(self.valid) if one.kind is EntryKind.ASKED), None)

    @property
    def paid(self) -> tuple[Money, ...]:
        """What the marketplace has paid so far."""
        return in_all(self._amounts(EntryKind.PAID))

    @property
    def is_over(self) -> bool:
        """Whether it was refused or fully paid; a new claim after a refusal opens it again."""
        last = next((one for one in reversed(self.valid) if one.kind in _DECIDING), None)
        if last is None:
            return False
        return last.kind is EntryKind.REFUSED or not self._is_unpaid(self.asked)

    def _is_unpaid(self, asked: Entry | None) -> bool:
        wanted = asked.amount if asked is not None else None
        if wanted is None:
            return False
        paid = next((one.minor for one in self.paid if one.currency == wanted.currency), 0)
        return paid < wanted.minor

    def _amounts(self, kind: EntryKind) -> Iterable[Money]:
        return (one.amount for one in self.valid if one.kind is kind and one.amount is not None)


_DECIDING = frozenset({EntryKind.ASKED, EntryKind.PAID, EntryKind.REFUSED})


def may_claim(order: Order, actor: Actor) -> bool:
    """Whether the actor may claim: chiefs only, and not for the shop's own orders."""
    chief = parties(order, actor) & {Party.DIRECTOR, Party.MANAGER}
    return bool(chief) and not is_own(order.number)


def in_all(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Adds up the sums per currency, in the order in which the currencies appear."""
    found: dict[str, Money] = {}
    for one in amounts:
        found[one.currency] = found[one.currency] + one if one.currency in found else one
    return tuple(found.values())


def currency_of(order: Order) -> str:
    """The currency of a bare number: that in which the client paid."""
    return order.details.paid.currency if order.details.paid is not None else "RUB"


def read_amount(words: str, currency: str) -> Money:
    """The only sum in the words; a bare number is in `currency`. Raises BadSum."""
    sums = {money for money, _start, _end in find_sums(words)}
    if len(sums) > 1:
        raise BadSum(SumFlaw.SEVERAL)
    amount = read_sum(words)
    if amount is None:
        raise BadSum(SumFlaw.NONE)
    if not sums:
        amount = replace(amount, currency=currency)
    if amount.minor <= 0:
        raise BadSum(SumFlaw.ZERO)
    if amount.minor > LARGEST_SUM:
        raise BadSum(SumFlaw.LARGE)
    return amount


def says_refused(words: str) -> bool:
    """Whether the words say that nothing will be paid."""
    return any(one in words.casefold() for one in _REFUSED)


_REFUSED = ("отказ", "не выплат", "не компенс", "refus", "denied", "declin")


def with_entry(claim: Compensation, entry: Entry) -> Compensation:
    """The claim with the entry added."""
    return replace(claim, entries=(*claim.entries, entry))


def with_receipt(claim: Compensation, index: int, receipt: Paper) -> Compensation:
    """The claim with the receipt added to an existing cost; the same picture is added once."""
    entry = claim.entries[index]
    if receipt.sha256 in {one.sha256 for one in entry.receipts} or len(entry.receipts) >= MOST_RECEIPTS:
        return claim
    return _changed(claim, index, replace(entry, receipts=(*entry.receipts, receipt)))


def with_more_words(claim: Compensation, index: int, words: str, amount: Money | None) -> Compensation:
    """The claim with words or a sum added to an entry, such as the sum of a receipt that came first."""
    entry = claim.entries[index]
    said = " ".join(filter(None, (entry.words, words)))[:LONGEST_WORDS]
    return _changed(claim, index, replace(entry, words=said, amount=amount or entry.amount))


def without_last(claim: Compensation, mark: Mark, *, of_gifts: bool = False) -> Compensation:
    """The claim with its last valid entry withdrawn; unchanged if there is none.

    `of_gifts`: the last entry that a gift step wrote, which cannot be withdrawn otherwise.
    """
    counted = [
        index
        for index, one in enumerate(claim.entries)
        if one.withdrawn is None and (one.kind is EntryKind.GIFT) is of_gifts
    ]
    if not counted:
        return claim
    return _changed(claim, counted[-1], replace(claim.entries[counted[-1]], withdrawn=mark))


def with_courier_cost(claim: Compensation, order: Order, words: str, mark: Mark) -> Compensation:
    """The claim with a courier's cost from the order's step; a second statement replaces the first.

    Words without a sum ("nothing was paid") are no cost, unless there is a receipt; its sum has to be entered
    then. A full claim stays unchanged, since the order keeps the words.
    """
    try:
        amount = read_amount(words, currency_of(order))
    except BadSum:
        amount = None
    entry = Entry(EntryKind.COST, mark, words[:LONGEST_WORDS], amount, of_courier=True)
    index = courier_cost(claim, order)
    receipts = claim.entries[index].receipts if index is not None else ()
    if amount is None and not receipts:
        return without_courier_cost(claim, order, mark)
    if index is not None:
        return _changed(claim, index, replace(entry, receipts=receipts))
    return claim if len(claim.entries) >= MOST_ENTRIES else with_entry(claim, entry)


def with_courier_receipt(
    claim: Compensation, order: Order, words: str, receipt: Paper, mark: Mark
) -> Compensation:
    """The claim with the receipt of that cost; without a known sum it becomes an entry that lacks one."""
    index = courier_cost(claim, order)
    if index is not None:
        return with_receipt(claim, index, receipt)
    entry = Entry(EntryKind.COST, mark, words[:LONGEST_WORDS], receipts=(receipt,), of_courier=True)
    return claim if len(claim.entries) >= MOST_ENTRIES else with_entry(claim, entry)


def without_courier_cost(claim: Compensation, order: Order, mark: Mark) -> Compensation:
    """The claim after the step that stated the cost was undone."""
    index = courier_cost(claim, order)
    return claim if index is None else _changed(claim, index, replace(claim.entries[index], withdrawn=mark))


def courier_cost(claim: Compensation, order: Order) -> int | None:
    """The index of the last courier's cost; a further search has an entry of its own."""
    search = order.progress.search
    lines = enumerate(claim.entries)
    found = [
        index for index, one in lines if one.of_courier and one.withdrawn is None and _is_of(search, one)
    ]
    return found[-1] if found else None


def _is_of(search: CourierSearch | None, entry: Entry) -> bool:
    return search is not None and entry.mark.at >= search.since.at


def may_say_courier_cost(order: Order, actor: Actor) -> bool:
    """Chiefs and the order's seller, who pays the taxi; the claim itself is for chiefs only."""
    return bool(parties(order, actor) & {Party.DIRECTOR, Party.MANAGER, Party.ASSIGNED_SELLER})


def _changed(claim: Compensation, index: int, entry: Entry) -> Compensation:
    return replace(claim, entries=(*claim.entries[:index], entry, *claim.entries[index + 1 :]))


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the shop's calendar: from `since` until `until`, in UTC."""

    year: int
    month: int
    since: datetime
    until: datetime


def month_of(now: datetime, rules: ShopRules, back: int = 0) -> Month:
    """The month of `now` on the shop's clock, or `back` months before it."""
    here = now.astimezone(rules.zone)
    index = here.year * 12 + here.month - 1 - back
    return Month(index // 12, index % 12 + 1, _begins(index, rules), _begins(index + 1, rules))


def _begins(index: int, rules: ShopRules) -> datetime:
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=rules.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a month's claims, one sum per currency."""

    costs: tuple[Money, ...]
    asked: tuple[Money, ...]
    paid: tuple[Money, ...]
    gifts: tuple[Money, ...] = ()


def totals(claims: Sequence[Compensation]) -> Totals:
    """Adds up the claims exactly, in minor units."""
    asked = [one.asked.amount for one in claims if one.asked is not None and one.asked.amount is not None]
    return Totals(
        in_all(sum_ for one in claims for sum_ in one.costs),
        in_all(asked),
        in_all(sum_ for one in claims for sum_ in one.paid),
        in_all(sum_ for one in claims for sum_ in one.gifts),
    )
