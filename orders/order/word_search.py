"""Finding open orders by the words of their goods and by the names of their people (R5)."""

from __future__ import annotations

import re

from orders.access.privacy import Secret, readable
from orders.model.order import Order
from orders.model.people import Actor

MOST_WORDS = 4
"""A message with more words is not a search."""
SHORTEST_WORD = 3

_WORD = re.compile(r"[^\W\d_]+")
"""A double name such as «Анна-Мария» counts as two words."""
_ONLY_WORDS = re.compile(r"[\w\s«»\"'“”,.-]+")
_ASIDE = frozenset(
    {"для", "где", "кто", "заказ", "заказы", "букет", "букеты", "for", "the", "order", "bouquet"}
)
"""Words that introduce a search and are not searched for: they match too many orders."""
_ENDING = re.compile(
    r"(?:[аяыиуюеоьй]|[оеыи]й|[оеиы]м|[оеа]в|[ая]м|[аяыи]х|[ая]ми|[ыи]ми|ью|ая|яя|ою|ею|ое|ее|ые|ие|ии|ия|ию|ией"
    r"|ого|его|ому|ему|ую|юю"
    r"|[ео]к|к[аиуе]|кой|ков|кам|ках|ками|s|es)?"
)
"""Endings of Russian nouns, names and adjectives, including the diminutive «-ка», and English plurals."""


def searched_words(text: str | None) -> tuple[str, ...]:
    """Returns the words of a short message to search for; an empty tuple if it is not a search."""
    said = (text or "").strip()
    if not said or "\n" in said or _ONLY_WORDS.fullmatch(said) is None or any(map(str.isdigit, said)):
        return ()
    words = [word for word in _words(said) if word not in _ASIDE]
    is_search = len(words) <= MOST_WORDS and all(len(word) >= SHORTEST_WORD for word in words)
    return tuple(words) if is_search else ()


def root(word: str) -> str:
    """Returns the part with which all forms of the word begin, in lower case."""
    kept = _plain(word)
    cut = next(end for end in range(SHORTEST_WORD - 1, len(kept) + 1) if _ENDING.fullmatch(kept[end:]))
    return kept[:cut]


def is_named(order: Order, words: tuple[str, ...], actor: Actor) -> bool:
    """Whether each word occurs in the order's products or in a name that this actor may read (R44, R63)."""
    known = [word for part in _said_of(order, actor) for word in _words(part)]
    return bool(words) and all(any(_is_same(word, one) for one in known) for word in words)


def _said_of(order: Order, actor: Actor) -> list[str]:
    details, may_read = order.details, readable(order, actor)
    names = ((Secret.CLIENT_NAME, details.client), (Secret.RECIPIENT_NAME, details.recipient))
    people = [person.name for secret, person in names if secret in may_read]
    return [*(line.name for line in details.lines), *people]


def _words(text: str) -> list[str]:
    return [_plain(word) for word in _WORD.findall(text)]


def _plain(word: str) -> str:
    return word.casefold().replace("ё", "е")


def _is_same(typed: str, word: str) -> bool:
    """Whether `typed` is the word, its beginning or another form of it: «розы» finds «Роза»."""
    return word.startswith(typed) or (len(word) >= SHORTEST_WORD and _is_form(typed, word))


def _is_form(typed: str, word: str) -> bool:
    pairs = enumerate(zip(typed, word, strict=False))
    shared = next((at for at, (one, other) in pairs if one != other), min(len(typed), len(word)))
    return any(
        _ENDING.fullmatch(typed[end:]) and _ENDING.fullmatch(word[end:])
        for end in range(shared, max(SHORTEST_WORD - 1, shared - 2) - 1, -1)
    )
