"""Finds the client's sentences that matter when assembling or at the door (X16).

Only explicit statements count: an allergy, "call me first", "do not call", "leave it with the neighbour", a
surprise. Nothing is inferred from other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orders.model.order import Order

_SENTENCE = re.compile(r"[^.!?;\n]+[.!?]*")
_PLAIN = re.compile(
    r"аллерг|астм\w* (?:у|есть)|не переносит"
    r"|сюрприз"
    r"|не (?:по)?звон|без звонка"
    r"|(?:сначала|предварительно|заранее|обязательно|сперва)\s(?:\w+\s){0,2}(?:по|на)?звон"
    r"|звон\w*\s(?:\w+\s){0,3}(?:сначала|предварительно|заранее|обязательно|сперва|перед|до|за|если)\b"
    r"|(?:остав|переда|отда)\w*\s(?:\w+[\s,]+){0,4}(?:сосед|консьерж|охран|двер|вахт|ресеп|стойк)"
    r"|allerg|asthma|surprise"
    r"|(?:do not|don['’]t|without) (?:call|ring|phon)"
    r"|(?:first|beforehand|in advance)[,\s]+(?:\w+\s){0,2}(?:call|ring|phone)"
    r"|(?:call|ring|phone)\s(?:\w+\s){0,3}(?:first|before|beforehand|ahead|in advance|if)\b"
    r"|(?:leave|give|hand)\s(?:\w+\s){0,5}(?:neighbo|concierge|security|guard|door|reception|porter)",
    re.IGNORECASE,
)
_SURPRISE = re.compile(r"сюрприз|surprise", re.IGNORECASE)


def is_surprise(text: str) -> bool:
    """Whether the client says that the recipient must not know."""
    return _SURPRISE.search(text) is not None


def urgent(text: str, flagged: Iterable[str] = ()) -> Iterator[str]:
    """The sentences that say so explicitly, as written, and those that a chief has flagged."""
    known = set(map(_key, flagged))
    for sentence in _SENTENCE.findall(text):
        if _PLAIN.search(sentence) or _key(sentence) in known:
            yield _bare(sentence)


def without_urgent(text: str, flagged: Iterable[str] = ()) -> str:
    """The text without its urgent sentences."""
    known = set(map(_key, flagged))
    rest = (
        one.strip() for one in _SENTENCE.findall(text) if not _PLAIN.search(one) and _key(one) not in known
    )
    return " ".join(filter(None, rest))


def sentences(notes: Iterable[str]) -> list[str]:
    """All sentences of these notes, without repetitions."""
    found = (_bare(one) for note in notes for one in _SENTENCE.findall(note))
    return list({_key(one): one for one in found if _key(one)}.values())


def flaggable(order: Order) -> list[str]:
    """The sentences of the notes that a chief may flag: those that are not in bold already."""
    return [one for one in sentences(order.details.notes) if not _PLAIN.search(one)]


def is_among(text: str, others: Iterable[str]) -> bool:
    """Whether it is one of these lines, regardless of case, spaces and punctuation at its ends."""
    return _key(text) in set(map(_key, others))


def _bare(sentence: str) -> str:
    return sentence.strip(" \t\r\n,.;")


def _key(sentence: str) -> str:
    return " ".join(_bare(sentence).casefold().split()).rstrip("!?. ")
