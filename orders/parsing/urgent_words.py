"""Which words of a client matter at the table or at the door, because they plainly say so (X16).

Only what is said in so many words is taken: an allergy, "call me first", "do not call", "leave it with the
neighbour", a surprise. Nothing is guessed from the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def urgent(text: str) -> Iterator[str]:
    """The sentences that plainly say so, as they were written."""
    for sentence in _SENTENCE.findall(text):
        if _PLAIN.search(sentence):
            yield sentence.strip(" \t\r\n,.;")


def without_urgent(text: str) -> str:
    """The rest of the text."""
    rest = (one.strip() for one in _SENTENCE.findall(text) if not _PLAIN.search(one))
    return " ".join(filter(None, rest))
