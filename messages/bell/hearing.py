"""Settings of where a person is notified of new orders, and of their quiet hours (X14)."""

from __future__ import annotations

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.bell import HearTap
from messages.i18n.texts import Translator
from messages.ui.buttons import keyboard
from messages.ui.screen import Screen
from orders.bell.ringing import Hearing, Place, Quiet

NONE = "-"
QUIET_HOURS = (NONE, "21-08", "22-07", "23-09")


def hearing_screen(hearing: Hearing, t: Translator) -> Screen:
    """Show the current settings, the exceptions that always notify with sound, and the other choices."""
    where = "hear-in-group" if hearing.in_group else "hear-not-in-group"
    lines = [t("hear-title"), t(f"hear-place-{hearing.place.value}"), t(where)]
    lines.append(t("hear-quiet", hours=_hours(hearing.quiet)) if hearing.quiet else t("hear-no-quiet"))
    lines.append(t("hear-must-ring"))
    places = [
        _choice(
            t.plain(f"hear-button-{place.value}"), HearTap(place=place.value), is_now=place is hearing.place
        )
        for place in Place
    ]
    kept = code_of(hearing.quiet)
    hours = [_choice(_label(code, t), HearTap(quiet=code), is_now=code == kept) for code in QUIET_HOURS]
    return Screen(str(Markup("\n").join(lines)), keyboard([places, hours[:2], hours[2:]]))


def code_of(quiet: Quiet | None) -> str:
    """The quiet hours as the button carries them."""
    return f"{quiet.start:%H}-{quiet.end:%H}" if quiet else NONE


def _hours(quiet: Quiet) -> str:
    return f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"


def _label(code: str, t: Translator) -> str:
    if code == NONE:
        return t.plain("hear-button-no-quiet")
    start, _, end = code.partition("-")
    return t.plain("hear-button-quiet", hours=f"{start}:00-{end}:00")


def _choice(words: str, tap: HearTap, *, is_now: bool) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=f"{words} •" if is_now else words, callback_data=tap.pack())
