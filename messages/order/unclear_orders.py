"""An order that the client may have cancelled: only a person can find out."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.buttons import labelled, tap
from messages.ui.order_view import Look
from orders.model.order import DoubtKind


def doubt_line(kind: DoubtKind, code: str, t: Translator) -> Markup:
    """What the marketplace shows, or no longer shows."""
    return t(f"doubt-{kind.value}", code=clean(code, limits.NUMBER))


def card_lines(look: Look) -> list[Markup]:
    """Why the order stays in the shop for now, and who decides."""
    doubt = look.order.doubt
    if doubt is None or not look.order.is_in_doubt:
        return []
    line = doubt_line(doubt.kind, doubt.code, look.t)
    return [
        look.t("card-in-doubt", what=line),
        look.t("advice-doubt-yours" if look.is_chief else "advice-doubt"),
    ]


def advice(look: Look) -> list[Markup]:
    """The same for the alarm of those who decide."""
    doubt = look.order.doubt
    return [doubt_line(doubt.kind, doubt.code, look.t), look.t("advice-doubt-yours")] if doubt else []


def answers(look: Look) -> list[InlineKeyboardButton]:
    """Buttons: carry on, cancelled, or open the card first."""
    cancelled = labelled(look.t.plain("do-client-cancelled"), look.order, Do.CANCEL_YES)
    return [tap(look.order, Do.CARRY_ON, look.t), cancelled, tap(look.order, Do.OPEN, look.t)]
