"""What the client plainly insists on, in bold on every card: «❗ Без орехов: аллергия» (X16)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.order_view import Look
from orders.parsing.urgent_words import urgent


def insisted(look: Look, notes: Iterable[str]) -> list[Markup]:
    """A line for each thing that these notes plainly say."""
    said = dict.fromkeys(clean(one, limits.INSISTED) for note in notes for one in urgent(note))
    return [look.t("card-insists", text=one) for one in list(said)[: limits.INSISTED_LINES] if one]
