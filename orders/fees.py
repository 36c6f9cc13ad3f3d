"""What the marketplace keeps of an order, and what the shop gets (R13).

Rounding: each fee is reckoned exactly, over all its parts, and rounded half up to a whole minor unit once, at
the end. The payout is what is left, so that the three always make up what the client paid.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from orders.money import Money
from orders.numbers import is_own
from orders.order import Line, Order
from orders.rules import ShopRules


@dataclass(frozen=True, slots=True)
class Payout:
    """What the marketplace keeps of what the client paid, and what the shop gets (R13)."""

    commission: Money
    acquiring: Money
    to_shop: Money


def payout(order: Order, rules: ShopRules) -> Payout | None:
    """None where a sum or a rate of the shop is not known: nothing is invented.

    Of an order that the shop itself has numbered the marketplace keeps nothing. `to_shop` is below zero where
    the fixed fees are more than the client paid.
    """
    paid = order.details.paid
    if paid is None or is_own(order.number):
        return None
    commission = _fee(paid, _commission_share(order, paid, rules), rules.commission_fixed)
    acquiring = _fee(paid, _share(paid, rules.acquiring_percent), rules.acquiring_fixed)
    if commission is None or acquiring is None:
        return None
    return Payout(commission, acquiring, paid - commission - acquiring)


def expected_payout(order: Order, rules: ShopRules) -> Money | None:
    """What the marketplace should pay out for the order as it stands now; None where that is not known.

    Of a cancelled order it is what the shop keeps (R46, R47). What declining costs may be waived (R58): of a
    declined order nothing is expected for sure.
    """
    closing = order.progress.closing
    if closing is not None:
        return closing.kept
    shares = payout(order, rules)
    return shares.to_shop if shares else None


def _fee(paid: Money, share: Decimal | None, fixed: Money | None) -> Money | None:
    """`share` in minor units, exactly; None for a rate that is not set, which a fixed fee may stand for."""
    if share is None and fixed is None:
        return None
    if fixed is not None and fixed.currency != paid.currency:
        return None
    rounded = int((share or Decimal(0)).to_integral_value(ROUND_HALF_UP))
    return Money(rounded + (fixed.minor if fixed else 0), paid.currency)


def _share(amount: Money, percent: Decimal | None) -> Decimal | None:
    return None if percent is None else amount.minor * percent / 100


def _commission_share(order: Order, paid: Money, rules: ShopRules) -> Decimal | None:
    """Goods of a category with a rate of its own at that rate, all the rest at the shop's."""
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
