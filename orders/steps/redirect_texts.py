"""Reads to whom, where and when an order goes instead, as staff write what the client agreed to (R91)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from orders.intake.first_names import FIRST_NAMES
from orders.intake.order_text import FindPhones, read_order
from orders.model.details import Details, Person
from orders.parsing.proposals import read_window
from orders.steps.delivery.redirecting import Redispatch

_SAME_ADDRESS = re.compile(
    r"\b(?:адрес\w*\s+(?:тот\s+же|прежн\w+)|(?:тот\s+же|прежн\w+)\s+адрес|по\s+тому\s+же\s+адресу|туда\s+же"
    r"|same\s+address|(?:address\s+is\s+)?the\s+same\s+address)\b",
    re.IGNORECASE,
)
_SAME_RECIPIENT = re.compile(
    r"\b(?:тому\s+же\s+(?:получателю|человеку)|той\s+же\s+получательнице|same\s+(?:recipient|person))\b",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"\b(?:время\s+(?:то\s+же|прежнее)|(?:то\s+же|прежнее)\s+время|в\s+то\s+же\s+время|same\s+time)\b",
    re.IGNORECASE,
)
_DATIVE = ((r"е$", "а"), (r"е$", "я"), (r"и$", "я"), (r"у$", ""), (r"ю$", "й"), (r"ю$", "ь"), (r"и$", "ь"))


_MOST_WORDS = 3
"""The longest salutation, in words: «Подруге Анне Ивановне»."""


def with_agreed(command: Redispatch, words: str, now: datetime, find_phones: FindPhones) -> Redispatch:
    """The command with the agreed words and what was read in them. `now` is aware and in the shop's zone."""
    name, rest = _addressee(words)
    written = read_order(rest, now, find_phones)
    details, same_recipient = written.details, bool(_SAME_RECIPIENT.search(words))
    recipient = details.recipient if details.recipient != Person() else details.client
    return replace(
        command,
        agreed_change=words,
        address=details.address,
        courier_note=details.courier_note,
        recipient=Person(name or recipient.name, recipient.phone),
        window=details.window,
        is_time_unclear=bool(written.windows),
        same_address=not details.address and (same_recipient or bool(_SAME_ADDRESS.search(words))),
        same_recipient=same_recipient,
        same_time=_says_same_time(words, details),
    )


def with_address(command: Redispatch, words: str) -> Redispatch:
    """The command with the answer to the question for the address."""
    if _SAME_ADDRESS.search(words):
        return replace(command, same_address=True)
    return replace(command, address=words)


def with_time(command: Redispatch, words: str, now: datetime) -> Redispatch:
    """The command with the answer to the question for the time; if it cannot be read, it is asked again."""
    if _SAME_TIME.search(words):
        return replace(command, same_time=True)
    return replace(command, window=read_window(words, now, None))


def _says_same_time(words: str, details: Details) -> bool:
    return details.window is None and bool(_SAME_TIME.search(words))


def _addressee(words: str) -> tuple[str, str]:
    """The name in the nominative and the rest of «Сестре Ольге, Садовая 3»; no name if none is certain."""
    head, comma, rest = words.partition(",")
    said = head.split()
    if (
        not comma
        or not rest.strip()
        or not 1 <= len(said) <= _MOST_WORDS
        or any(sign.isdigit() for sign in head)
    ):
        return "", words
    name = next(filter(None, map(_called, reversed(said))), "")
    return (name, rest.strip()) if name else ("", words)


def _called(word: str) -> str:
    """The nominative «Ольга» of «Ольге»; empty if it is not a known first name."""
    if not word[:1].isupper():
        return ""
    forms = (re.sub(ending, called, word) for ending, called in _DATIVE if re.search(ending, word))
    return next((form for form in (word, *forms) if form.casefold() in FIRST_NAMES), "")
