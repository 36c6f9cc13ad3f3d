"""What staff ask the bot in words: a question is not a note on an order (X19)."""

from __future__ import annotations

import re

_ASKS = re.compile(
    r"(?i)(?:(?:а|и|ну|так|эй|привет|скажи(?:те)?|подскажи(?:те)?|пожалуйста|please|and|so)\b[\s,]*)*"
    r"(?:где|куда|кто|сколько|почему|зачем|что делать|как быть|where|who|why|how (?:many|much)|what to do)"
    r"\b(?!-)"  # «кто-то» asks nothing
)
"""How a question begins where its mark is left out. Wishes begin with «как» and «когда», too."""
_MOST_WORDS_WITHOUT_MARK = 6
_OF_ORDERS = re.compile(r"(?i)\b(?:заказ\w*|букет\w*|доставк\w*|orders?|bouquets?|deliver(?:y|ies))\b")
_TELLS_OF_WORK = re.compile(
    r"(?i)\b(?:где|куда|какие|какой|сколько|что|есть|where|which|what|how many|any)\b"
)


def is_question(text: str | None) -> bool:
    """Whether the text asks something, so that nobody waits for an answer to a note that only reads 👍."""
    said = (text or "").strip()
    if said.rstrip(" )(!.").endswith("?"):
        return True
    return len(said.split()) <= _MOST_WORDS_WITHOUT_MARK and _ASKS.match(said) is not None


def asks_for_orders(text: str | None) -> bool:
    """Whether the question is where an order is, or which there are: the board answers it."""
    said = text or ""
    return is_question(said) and bool(_OF_ORDERS.search(said)) and bool(_TELLS_OF_WORK.search(said))
