"""«❗ Важное»: a chief picks a line of the notes, which then stands in bold on every card (X16)."""

from __future__ import annotations

from zlib import crc32

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.i18n.untrusted_text import clean, fit_lines
from messages.ui import limits
from messages.ui.buttons import keyboard, labelled, tap
from messages.ui.heading import opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.parsing.urgent_words import flaggable, is_among


def flags_menu(look: Look) -> Screen:
    """A button for each line; one that is marked has its ❗, and loses it at a tap."""
    order, t = look.order, look.t
    lines = flaggable(order)[: limits.BUTTONS - 1]
    rows = [[labelled(_label(order, line), order, Do.FLAG_LINE, code_of(line))] for line in lines]
    text = [*opening(order, look.rules, look.now, t), Markup(), t("menu-flags")]
    return Screen(str(fit_lines(text)), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def line_of(order: Order, code: str) -> str | None:
    """The line that a button means, where it is there still."""
    return next((line for line in flaggable(order) if code_of(line) == code), None)


def is_flagged(order: Order, line: str) -> bool:
    """Whether a chief has marked it."""
    return is_among(line, [flag.text for flag in order.flags])


def code_of(line: str) -> str:
    """Stands for a line in a button: after an amendment it means the same line, or none."""
    return f"{crc32(line.encode()):08x}"


def _label(order: Order, line: str) -> str:
    return f"{'❗' if is_flagged(order, line) else '▫️'} {clean(line, limits.BUTTON)}"
