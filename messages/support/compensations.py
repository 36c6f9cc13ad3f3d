"""The costs of a mishap and the compensation claimed: for one order, and for a month (R88)."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.callbacks.support import ClaimDo, ClaimTap, GuideDo, GuideTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, labelled, pairs, tap
from messages.ui.heading import number, opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.model.money import Money
from orders.model.order import Order
from orders.support.compensation import (
    Compensation,
    Entry,
    EntryKind,
    Month,
    SumFlaw,
    totals,
)

MOST_SHOWN = 8
"""Maximum lines of a claim, the newest."""
MOST_LISTED = 6
"""Maximum claims of a month with a button; with the navigation there are nine."""
_LISTED_LINES = 30


def claim_screen(look: Look, claim: Compensation | None) -> Screen:
    """Costs with their receipts, the claimed sum, the answer, the payment, and the next step."""
    t = look.t
    lines = [*opening(look.order, look.rules, look.now, t), Markup(), t("claim-title")]
    if claim is None or not claim.valid:
        lines.append(t("claim-empty"))
    else:
        lines += [_line(one, look) for one in claim.valid[-MOST_SHOWN:]]
        lines += [Markup(), *_sums(claim, t), *_hints(claim, t)]
    return Screen(str(fit_lines(lines)), keyboard(_rows(look, claim)))


def month_screen(
    shop_id: int, month: Month, back: int, found: Sequence[tuple[Compensation, Order]], t: Translator
) -> Screen:
    """All claims begun in the month, and their totals."""
    title = t("claims-title", month=f"{month.month:02}.{month.year}", count=len(found))
    sums = totals([claim for claim, _ in found])
    lines = [title]
    if not found:
        lines.append(t("claims-none"))
    else:
        lines += [
            t(
                "claims-sums",
                costs=sums_of(sums.costs, t),
                asked=sums_of(sums.asked, t),
                paid=sums_of(sums.paid, t),
            ),
            *([t("claims-gifts", amount=sums_of(sums.gifts, t))] if sums.gifts else []),
            Markup(),
        ]
    lines += [_listed(claim, order, t) for claim, order in found[:_LISTED_LINES]]
    rows: list[Row] = [[_open(shop_id, order, t)] for _, order in found[:MOST_LISTED]]
    turns = [_button(t.plain("claims-earlier"), ClaimDo.MONTH, shop_id, page=back + 1)]
    if back:
        turns.append(_button(t.plain("claims-later"), ClaimDo.MONTH, shop_id, page=back - 1))
    to_cases = GuideTap(do=GuideDo.CASES, shop=shop_id).pack()
    rows += [turns, [InlineKeyboardButton(text=t.plain("claims-to-cases"), callback_data=to_cases)]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def claim_button(shop_id: int, order_id: int, t: Translator) -> InlineKeyboardButton:
    """The button to the compensation for this order."""
    return _button(t.plain("do-claim"), ClaimDo.OPEN, shop_id, order_id)


def months_button(shop_id: int, t: Translator) -> InlineKeyboardButton:
    """The button to the list of this month."""
    return _button(t.plain("do-claims"), ClaimDo.MONTH, shop_id)


def matter_of(claim: Compensation, t: Translator) -> tuple[str, str] | None:
    """The key and words for support, with a new key for each sum; None while there is no sum."""
    asked = claim.asked
    if asked is None or asked.amount is None:
        return None
    key = f"claim-{asked.amount.minor}-{asked.amount.currency}"
    return key, t.plain("support-about-claim", amount=money(asked.amount, t).unescape())


def ask_words(kind: EntryKind, claim: Compensation | None, t: Translator) -> Markup:
    """Asks for a line of the claim; the question for the claimed sum names the costs."""
    if kind is EntryKind.ASKED and claim is not None and claim.costs:
        return t("claim-ask-asked-costs", costs=sums_of(claim.costs, t))
    return t(f"claim-ask-{kind.value}")


def sum_flaw(flaw: SumFlaw, t: Translator) -> Markup:
    """Why no sum could be parsed, and what to write."""
    return t(f"claim-sum-{flaw.value}")


def sums_of(amounts: Sequence[Money], t: Translator) -> Markup:
    """«450 ₽», «450 ₽ + 20 USD»; a dash if there are none."""
    return Markup(" + ").join(money(one, t) for one in amounts) or Markup("-")


def entry_words(entry: Entry, t: Translator) -> Markup:
    """A line without its signature; long words are cut."""
    words = clean(entry.words, limits.NOTE)
    said = t("said", text=words) if words else Markup()
    amount = money(entry.amount, t) if entry.amount is not None else Markup()
    return t(f"claim-line-{entry.kind.value}", said=Markup(" · ").join(one for one in (amount, said) if one))


def _line(entry: Entry, look: Look) -> Markup:
    line = look.t("claim-line", what=entry_words(entry, look.t), signed=look.signed(entry.mark))
    if entry.receipts:
        return look.t("joined", first=line, second=look.t("claim-receipts", count=len(entry.receipts)))
    return line


def _sums(claim: Compensation, t: Translator) -> list[Markup]:
    lines = [t("claim-costs", amount=sums_of(claim.costs, t))] if claim.costs else []
    if claim.asked is not None and claim.asked.amount is not None:
        lines.append(t("claim-asked", amount=money(claim.asked.amount, t)))
    if claim.gifts:
        lines.append(t("claim-gifts", amount=sums_of(claim.gifts, t)))
    if claim.paid:
        lines.append(t("claim-paid", amount=sums_of(claim.paid, t)))
    return lines


def _hints(claim: Compensation, t: Translator) -> list[Markup]:
    costs = [one for one in claim.valid if one.kind is EntryKind.COST]
    bare = sum(not one.receipts for one in costs)
    unsaid = sum(one.amount is None for one in costs)
    hints = [t("claim-no-receipt", count=bare)] if bare else []
    hints += [t("claim-no-sum", count=unsaid)] if unsaid else []
    if claim.is_over:
        return [*hints, t("claim-is-over")]
    return hints if claim.asked is not None else [*hints, t("claim-ask-next")]


def _rows(look: Look, claim: Compensation | None) -> list[Row]:
    order, t = look.order, look.t

    def button(do: ClaimDo) -> InlineKeyboardButton:
        return _button(t.plain(f"claim-do-{do.value}"), do, order.shop_id, order.id)

    shown = [ClaimDo.COST, ClaimDo.ASKED]
    if claim is not None and claim.asked is not None:
        shown += [] if claim.is_over else [ClaimDo.SUPPORT]
        shown += [ClaimDo.ANSWER, ClaimDo.PAID]
    proof = labelled(t.plain("claim-do-file"), order, Do.HISTORY_FILE)
    drop = [button(ClaimDo.DROP)] if claim is not None and claim.valid else []
    return [*pairs([*map(button, shown), proof, *drop]), [tap(order, Do.CARD, t)]]


def _listed(claim: Compensation, order: Order, t: Translator) -> Markup:
    asked = claim.asked.amount if claim.asked is not None else None
    sums = {
        "costs": sums_of(claim.costs, t),
        "asked": money(asked, t) if asked is not None else Markup("-"),
        "paid": sums_of(claim.paid, t),
    }
    return t("claims-line", number=number(order), over="yes" if claim.is_over else "no", **sums)


def _open(shop_id: int, order: Order, t: Translator) -> InlineKeyboardButton:
    return _button(t.plain("claims-open", number=number(order)), ClaimDo.OPEN, shop_id, order.id)


def _button(label: str, do: ClaimDo, shop_id: int, order_id: int = 0, page: int = 0) -> InlineKeyboardButton:
    data = ClaimTap(do=do, shop=shop_id, order=order_id, page=page).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)
