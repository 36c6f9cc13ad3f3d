"""The marketplace's fees on what the client paid (R13).

Each fee is computed exactly over all its parts, and rounded half up to a whole minor unit once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from orders.model.details import Line
from orders.model.money import Money
from orders.model.order import Order
from orders.model.rules import ShopRules


@dataclass(frozen=True, slots=True)
class Fees:
    """The marketplace's commission and the bank's fee for card payments, in the currency of the payment."""

    commission: Money
    acquiring: Money


def fees_of(order: Order, paid: Money, rules: ShopRules) -> Fees | None:
    """The fees on `paid`, which includes paid surcharges; None if a rate or a needed sum is unknown."""
    commission = _fee(paid, _commission_share(order, paid, rules), rules.commission_fixed)
    acquiring = _fee(paid, _share(paid, rules.acquiring_percent), rules.acquiring_fixed)
    return None if commission is None or acquiring is None else Fees(commission, acquiring)


def _fee(paid: Money, share: Decimal | None, fixed: Money | None) -> Money | None:
    """`share`: minor units, unrounded; None if no rate is set, in which case `fixed` alone may apply."""
    if share is None and fixed is None:
        return None
    if fixed is not None and fixed.currency != paid.currency:
        return None
    rounded = int((share or Decimal(0)).to_integral_value(ROUND_HALF_UP))
    return Money(rounded + (fixed.minor if fixed else 0), paid.currency)


def _share(amount: Money, percent: Decimal | None) -> Decimal | None:
    return None if percent is None else amount.minor * percent / 100


def _commission_share(order: Order, paid: Money, rules: ShopRules) -> Decimal | None:
    """Categories with a rate of their own are charged that rate, all other goods the shop's rate."""
    own_rates = dict(rules.commission_by_category)
    apart = [line for line in order.details.lines if line.category in own_rates]
    if not apart:
        return _share(paid, rules.commission_percent)
    if rules.commission_percent is None or not _is_known(apart, paid):
        return None
    shares = (_minor(line) * (own_rates[line.category] - rules.commission_percent) for line in apart)
    return (paid.minor * rules.commission_percent + sum(shares)) / 100


def _is_known(lines: list[Line], paid: Money) -> bool:
    return all(line.paid is not None and line.paid.currency == paid.currency for line in lines)


def _minor(line: Line) -> int:
    return line.paid.minor if line.paid else 0
