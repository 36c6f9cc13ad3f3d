"""Normalises pasted text before it is read: invisible characters, HTML entities, superscripts, bold marks."""

from __future__ import annotations

import html
import re

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
"""Except the emoji joiner (U+200D)."""
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/tr)\s*>", re.IGNORECASE)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED_MINUTES = re.compile("(?<=[0-9])[⁰¹²³⁴⁵][⁰¹²³⁴⁵⁶⁷⁸⁹]")
_BOLD = re.compile(r"(?<!\w)([*_]{1,2})(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)")


_LATIN = {
    "zavtra": "завтра", "segodnya": "сегодня", "segodnia": "сегодня", "poslezavtra": "послезавтра", "utra": "утра",
    "vechera": "вечера", "dnya": "дня", "chasov": "часов", "chasam": "часам", "do": "до", "na": "на", "k": "к", "v": "в",
    "s": "с", "kv": "кв", "dom": "дом", "ul": "ул", "ulica": "улица", "ulitsa": "улица", "podezd": "подъезд", "etazh": "этаж",
    "roz": "роз", "roza": "роза", "rozy": "розы", "pionov": "пионов", "tulpanov": "тюльпанов", "tyulpanov": "тюльпанов",
    "hrizantem": "хризантем", "buket": "букет", "nuzhen": "нужен", "nujen": "нужен", "privet": "привет", "spasibo": "спасибо",
    "adres": "адрес", "poluchatel": "получатель", "pozhaluista": "пожалуйста", "samovyvoz": "самовывоз",
}  # fmt: skip
"""Russian words in Latin letters, from phones without a Russian keyboard."""
_IS_TRANSLIT = re.compile(r"\b(?:zavtra|segodn[iy]a|poslezavtra|buket|ulits?a|ulica)\b", re.IGNORECASE)
_LATIN_WORD = re.compile(rf"\b(?:{'|'.join(_LATIN)})\b", re.IGNORECASE)


def _in_cyrillic(text: str) -> str:
    """Converts the words that fields are recognised by; names and streets stay as written."""
    if not _IS_TRANSLIT.search(text):
        return text
    return _LATIN_WORD.sub(lambda match: _LATIN[match[0].casefold()], text)


def plain(text: str) -> str:
    """The text as a person sees it. Line breaks and tabs stay, since they separate fields."""
    text = html.unescape(_BREAK.sub("\n", text)) if "&" in text or "<" in text else text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    text = re.sub(r"(?<=\S) ,(?=\S)", ", ", text)
    text = _RAISED_MINUTES.sub(lambda match: ":" + match[0].translate(_RAISED), text)
    return _in_cyrillic(_BOLD.sub(r"\2", text))
