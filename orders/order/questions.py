"""Recognizes questions among the messages of staff: a question is not a note on an order (X19)."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"(?i)(?:(?:а|и|ну|так|эй|привет|скажи(?:те)?|подскажи(?:те)?|пожалуйста|please|and|so)\b[\s,]*)*"
    r"(?:где|куда|кто|сколько|почему|зачем|что делать|как быть|where|who|why|how (?:many|much)|what to do)"
    r"\b(?!-)"  # «кто-то» asks nothing
)
"""The start of a question without question mark. «как» and «когда» are left out: wishes start so, too."""
_MOST_WORDS_WITHOUT_MARK = 6
_OF_ORDERS = re.compile(r"(?i)\b(?:заказ\w*|букет\w*|доставк\w*|orders?|bouquets?|deliver(?:y|ies))\b")
_TELLS_OF_WORK = re.compile(
    r"(?i)\b(?:где|куда|какие|какой|сколько|что|есть|where|which|what|how many|any)\b"
)


def is_question(text: str | None) -> bool:
    """Whether the text is a question. Stored as a note, it would get a 👍 instead of an answer."""
    said = (text or "").strip()
    if said.rstrip(" )(!.").endswith("?"):
        return True
    return len(said.split()) <= _MOST_WORDS_WITHOUT_MARK and _ASKS.match(said) is not None


def asks_for_orders(text: str | None) -> bool:
    """Whether the question is where an order is or which orders there are, so that the board answers it."""
    said = text or ""
    return is_question(said) and bool(_OF_ORDERS.search(said)) and bool(_TELLS_OF_WORK.search(said))
