"""Recognises the answer that a third-party courier has neither phone nor tracking link (R43)."""

from __future__ import annotations

_NO_CONTACT = frozenset({
    "нет",
    "нету",
    "нет контакта",
    "контакта нет",
    "без контакта",
    "no",
    "none",
    "no contact",
})  # fmt: skip


def says_no_contact(words: str) -> bool:
    """Whether the words say that there is no way to contact the courier."""
    return " ".join(words.lower().strip(" .!").split()) in _NO_CONTACT
