"""«❗ Важное»: a chief picks a line of the notes, which is then bold on every card (X16)."""

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
    """A button for each line; a flagged line has ❗, and a tap removes it."""
    order, t = look.order, look.t
    lines = flaggable(order)[: limits.BUTTONS - 1]
    rows = [[labelled(_label(order, line), order, Do.FLAG_LINE, code_of(line))] for line in lines]
    text = [*opening(order, look.rules, look.now, t), Markup(), t("menu-flags")]
    return Screen(str(fit_lines(text)), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def line_of(order: Order, code: str) -> str | None:
    """The line of a button; None if it no longer exists."""
    return next((line for line in flaggable(order) if code_of(line) == code), None)


def is_flagged(order: Order, line: str) -> bool:
    """Whether a chief has flagged the line."""
    return is_among(line, [flag.text for flag in order.flags])


def code_of(line: str) -> str:
    """A hash of the line for callback data: after an amendment it matches the same line or none."""
    return f"{crc32(line.encode()):08x}"


def _label(order: Order, line: str) -> str:
    return f"{'❗' if is_flagged(order, line) else '▫️'} {clean(line, limits.BUTTON)}"
