"""The marketplace's real payout for an order, in words; for directors and managers (R13)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.ui.sums import money
from orders.model.money import Money
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.money_report import Operation
from orders.money.reconciliation import RealPayout, compare, currency_of

_PLACES = {operation: place for place, operation in enumerate(Operation)}


def real_payout(order: Order, real: RealPayout, rules: ShopRules, t: Translator) -> Markup:
    """The real payout and its difference from the expected one."""
    amount = money(real.to_shop(order), t)
    found = compare(order, real, rules)
    if found is None or not found.amount.minor:
        return t("card-real-payout", amount=amount)
    return t("card-real-payout-differs", amount=amount, difference=signed_sum(found.amount, t))


def real_sums(order: Order, real: RealPayout, t: Translator) -> Markup:
    """All its parts on one line."""
    currency = currency_of(order)
    parts = [
        t(f"operation-{operation.value}", amount=money(Money(minor, currency), t))
        for operation, minor in sorted(real.sums.items(), key=_place)
    ]
    parts.append(t("history-real-total", amount=money(real.to_shop(order), t)))
    return t("history-real-payout", parts=Markup(" · ").join(parts))


def _place(item: tuple[Operation, int]) -> int:
    """Sorts payments before deductions."""
    return _PLACES[item[0]]


def signed_sum(amount: Money, t: Translator) -> Markup:
    """A difference, with a plus sign if it is positive."""
    said = money(amount, t)
    return Markup("+") + said if amount.minor > 0 else said
