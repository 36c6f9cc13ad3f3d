"""`florist doctor`: times Telegram's answers, messages and photos. Throttling hits photos first."""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable
from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import BufferedInputFile

from bot.config.findings import Finding
from bot.config.settings import Settings
from services.fallback.ways import Ways

SECONDS = 30
PHOTO_BYTES = 200 * 1024
"""About the size of a bouquet's photo after Telegram has compressed it."""
SLOW_PHOTO = 10.0
"""Seconds for one photo above which the connection counts as too slow."""

_HOW = "https://appriseit.com/services/ shows how each service is written"
_NOBODY = 0
"""An id that no chat has: Telegram refuses the message after receiving all of it."""
ADVICE = "set TELEGRAM_PROXY to the address of a proxy that reaches Telegram"


async def check_fallback(settings: Settings) -> list[Finding]:
    """Check the addresses of FALLBACK_URLS, without sending to them or printing them."""
    ways = Ways()
    try:
        found = [
            await ways.service_of(address, is_from_chat=False) for address in settings.fallback_addresses
        ]
    finally:
        ways.close()
    wrong = [
        Finding("fallback", False, f"address {place} of FALLBACK_URLS is not understood; {_HOW}")
        for place, service in enumerate(found, 1)
        if service is None
    ]
    known = ", ".join(service for service in found if service is not None)
    return [*wrong, Finding("fallback", True, known)] if known else wrong


async def measure(bot: Bot, settings: Settings) -> Finding:
    """Time the connection to Telegram; nobody gets a message."""
    try:
        times = [
            await _timed(bot.get_me(request_timeout=SECONDS)),
            await _timed(bot.send_message(_NOBODY, "florist doctor", request_timeout=SECONDS)),
            await _timed(bot.send_photo(_NOBODY, _photo(), request_timeout=SECONDS)),
        ]
    except TelegramAPIError as error:
        return _finding(settings, f"a call does not get through ({type(error).__name__})", is_well=False)
    words = "answer {:.2f} s, message {:.2f} s, photo of 200 KB {:.2f} s".format(*times)
    return _finding(settings, words, is_well=times[-1] <= SLOW_PHOTO)


def _finding(settings: Settings, words: str, *, is_well: bool) -> Finding:
    way = "through TELEGRAM_PROXY" if settings.proxy else "directly"
    advice = "" if is_well else "; the proxy is slow" if settings.proxy else f"; {ADVICE}"
    return Finding("telegram way", is_well, f"{way}: {words}{advice}")


async def _timed(call: Awaitable[object]) -> float:
    began = time.monotonic()
    with suppress(TelegramBadRequest, TelegramForbiddenError):  # the expected answer
        await call
    return time.monotonic() - began


def _photo() -> BufferedInputFile:
    """Random bytes, which cannot be compressed on the way."""
    return BufferedInputFile(os.urandom(PHOTO_BYTES), "photo.jpg")
