"""A complaint after the delivery: lines for the chiefs' cards and the history, the alarm (X30)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.order.history.tellers import told_by
from messages.order.progress import noted
from messages.ui import limits
from messages.ui.formatting import left, moment
from messages.ui.order_view import Look
from orders.model.after_delivery import Dispute, pending
from orders.steps import events as happened
from orders.steps.events import LineFlagged


def card_lines(look: Look) -> list[Markup]:
    """The client's words and the time limit of the answer; of a settled complaint its result."""
    last = look.order.disputes[-1] if look.order.disputes else None
    if last is None or not look.is_chief:
        return []
    words = clean(last.words, limits.NOTE)
    lines = [look.t("card-dispute", words=words, signed=look.signed(last.opened))]
    if last.settled is not None:
        result = clean(last.result, limits.REASON)
        return [*lines, look.t("card-dispute-settled", result=result, signed=look.signed(last.settled))]
    if last.answered is not None:
        return [*lines, look.t("card-dispute-answered", signed=look.signed(last.answered))]
    return [*lines, _clock(look, last)]


def advice(look: Look) -> list[Markup]:
    """What to do before the time limit."""
    waiting = pending(look.order.disputes)
    return [_clock(look, waiting), look.t("advice-dispute-due")] if waiting is not None else []


def _clock(look: Look, dispute: Dispute) -> Markup:
    until = moment(dispute.answer_by, look.now, look.rules.zone, look.t)
    return look.t("card-dispute-clock", until=until, left=left(dispute.answer_by, look.now, look.t))


def _gift(event: happened.GiftGiven, t: Translator) -> Markup:
    return t("event-any-card") if event.is_card else noted(t("event-gift"), event.name, t)


def _flag(event: LineFlagged, t: Translator) -> Markup:
    return noted(t("event-flagged" if event.is_on else "event-unflagged"), event.text, t)


TELLERS = (
    told_by(happened.GiftGiven, _gift),
    told_by(happened.GiftTakenOut, lambda event, t: noted(t("event-gift-out"), event.name, t)),
    told_by(LineFlagged, _flag),
    told_by(happened.DisputeOpened, lambda event, t: noted(t("event-dispute-opened"), event.words, t)),
    told_by(happened.DisputeAnswered, lambda _event, t: t("event-dispute-answered")),
    told_by(happened.DisputeSettled, lambda event, t: noted(t("event-dispute-settled"), event.words, t)),
)
