"""Clear demands of the client and flagged lines, in bold on every card: «❗ Без орехов» (X16)."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.order_view import Look
from orders.parsing.side_channels import without_digit_runs, without_links
from orders.parsing.urgent_words import is_among, urgent


def flagged_lines(look: Look) -> list[str]:
    """Flagged lines, also in the form that a courier reads: without numbers and links."""
    said = [flag.text for flag in look.order.flags]
    return [*said, *(without_digit_runs(without_links(one)) for one in said)]


def insisted(look: Look, notes: Iterable[str]) -> list[Markup]:
    """A line for each clear demand and each flagged line in these notes."""
    flagged = flagged_lines(look)
    found = [one for note in notes for one in urgent(note, flagged)]
    found.sort(key=lambda one: not is_among(one, flagged))  # flagged lines first, so that they are never cut
    said = dict.fromkeys(clean(one, limits.INSISTED) for one in found)
    return [look.t("card-insists", text=one) for one in list(said)[: limits.INSISTED_LINES] if one]
