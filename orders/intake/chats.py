"""Removes the headers of messages copied from a chat: sender and time are not part of the order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from orders.parsing.days import find_day

_DATE = r"[0-9]{1,2}[./][0-9]{1,2}(?:[./][0-9]{2,4})?"
_WORDED = r"[0-9]{1,2}\s+[а-яё]{3,8}\.?(?:\s+[0-9]{4})?(?:\s*г\.?)?"
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AP]M)?"
_NAME = r"[^\n:\[\]]{1,40}"
_HEADERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?P<who>{_NAME}?),?\s*\[\s*(?P<day>{_DATE}|{_WORDED})[\s,]+(?:в\s+)?{_CLOCK}\s*\]:?(?P<said>.*)$",  # Telegram Desktop
        rf"^\[\s*(?P<day>{_DATE}|{_WORDED})[\s,]+(?:в\s+)?{_CLOCK}\s*\](?:\s*(?P<who>{_NAME}):)?(?P<said>.*)$",  # WhatsApp, iPhone
        rf"^\[{_CLOCK},\s*(?P<day>{_DATE})\]\s*(?P<who>{_NAME}):(?P<said>.*)$",  # WhatsApp, browser
        rf"^(?P<day>{_DATE}),?\s+{_CLOCK}\s+[-\u2013]\s+(?P<who>{_NAME}):(?P<said>.*)$",  # WhatsApp, Android
        rf"^(?P<who>{_NAME}?)\s+(?P<day>[0-9]{{1,2}}\s+[а-яё]{{3,8}}\.?(?:\s+[0-9]{{4}})?)(?:\s*г\.?)?,?\s+в\s+{_CLOCK}:?(?P<said>)$",  # Max, VK, phones
        rf"^(?P<who>[^\W\d_]{_NAME}?)\s*[(,]\s*(?P<day>вчера|сегодня|yesterday|today),?\s*(?:в|at)\s+{_CLOCK}\)?\s*:(?P<said>.*)$",
        rf"^(?P<who>[^\W\d_][^\n:\[\]0-9]{{0,40}}?)\s*[,(\[]\s*{_CLOCK}\s*[)\]]?\s*:?(?P<said>)$",
        rf"^(?P<who>)(?P<day>){_CLOCK}(?P<said>)$",
        r"^(?P<who>)(?P<day>)(?:переслано\s+от|переслано\s+из|forwarded\s+(?:message\s+)?from):?\s.{0,60}(?P<said>)$",
        r"^(?P<who>)(?P<day>)(?:пересланное сообщение|forwarded message)(?P<said>)$",
    )
)
_QUOTED = re.compile(r"^\s*>+ ?")
_NO_SENDER = re.compile(
    r"\b(?:сегодня|завтра|послезавтра|доставк\w*|привезти|время|до|после|ул|дом|(?-i:к|с)|tomorrow|today|delivery|time)\b|^[^\W\d_]{3,9}\.?\s[0-9]{1,2}$|^(?:на|в|по|от|для|число)\b",
    re.IGNORECASE,
)
_LONE_CLOCK = len(_HEADERS) - 3
"""The header that is only a clock time; it counts only if the text has several of them."""
_FEW = 2
_SENDER = re.compile(r"^[^\W\d_][^\W\d_'’.-]*(?: [^\W\d_][^\W\d_'’.-]*){0,2}$")


@dataclass(frozen=True, slots=True)
class Chat:
    """A text without the headers of its messages.

    `day`: the day of the newest message, if the headers say it.
    """

    text: str
    day: date | None = None


def without_headers(text: str, today: date) -> Chat:
    """Removes senders and times of messages; a text that is not copied from a chat is returned unchanged."""
    lines = text.split("\n")
    clocks = [at for at, line in enumerate(lines) if _HEADERS[_LONE_CLOCK].match(line.strip())]
    has_clocks = len(clocks) >= _FEW
    if has_clocks:
        lines = [line for at, line in enumerate(lines) if at + 1 not in clocks or not _is_sender(line)]
    chat = Chat("")
    for line in lines:
        chat = _with_line(chat, _QUOTED.sub("", line), today, has_clocks=has_clocks)
    if not chat.text.strip():  # «Аня 3 декабря в 15:00» alone is a message, not the header of one
        return Chat(text)
    return replace(chat, text=chat.text[:-1])


def _is_sender(line: str) -> bool:
    """Whether a line above a time names the sender: «Анна Петрова», as browsers copy from VK and Telegram."""
    return _SENDER.match(line.strip()) is not None and not _NO_SENDER.search(line)


def _with_line(chat: Chat, line: str, today: date, *, has_clocks: bool) -> Chat:
    for place, pattern in enumerate(_HEADERS):
        match = pattern.match(line.strip())
        if (
            match is None
            or (place == _LONE_CLOCK and not has_clocks)
            or _NO_SENDER.search(match["who"] or "")
        ):
            continue
        found = match.groupdict()
        day = _day(found.get("day") or "", today)
        return Chat(f"{chat.text}{match['said'].strip()}\n", day or chat.day)
    return Chat(f"{chat.text}{line}\n", chat.day)


def _day(words: str, today: date) -> date | None:
    if words.casefold() in {"вчера", "yesterday"}:
        return date.fromordinal(today.toordinal() - 1)
    found = find_day(words, today) if words else None
    if found is None or found[0] <= today:
        return found[0] if found else None
    first, *more = words.replace(".", "/").split("/")  # 11/30/26 as American phones write it
    swapped = find_day("/".join((more[0], first, *more[1:])), today) if more else None
    return swapped[0] if swapped and swapped[0] <= today else None
