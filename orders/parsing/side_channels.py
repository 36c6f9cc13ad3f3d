"""Finds contacts that bypass the order's chat: sites, e-mail, profiles, disguised phones (R62).

`services.order.contact_filter` finds phones in the usual notation, which needs a library of countries'
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

HIDDEN = "•••"

_TOP_DOMAINS = (
    "ru|su|рф|com|net|org|info|biz|online|shop|store|site|pro|io|app|me|link|click|by|kz|ge|am|uz|kg|az|md|ua"
)
_MESSENGERS = (
    r"тг|телег\w*|телеграм\w*|telegram|инст\w*|instagram|вк|вконтакте|вотсап\w*|ватсап\w*|whats?app|"
    r"viber|вайбер\w*|скайп|skype|signal"
)
_LINKS = re.compile(
    rf"""(?ix)
    (?: https?:// | tg:// | www\. ) \S+                                # any web address
    | [\w.+-]+ \s? @ \s? [\w-]+ (?: \.[\w-]+ )+                      # mail
    | (?<![\w.@]) (?: [a-z0-9а-яё-]+ \. )+ (?: {_TOP_DOMAINS} ) (?![\w]) (?: / \S* )?  # a site without http
    | (?<![\w@]) @ \s? [a-z0-9_]{{4,}}                                   # a profile
    | (?<!\w) (?: {_MESSENGERS} ) \s* [:\-–—]? \s* [a-z][a-z0-9_.]{{3,}}     # a profile after its messenger
    """
)
_ELSEWHERE = (
    rf"{_MESSENGERS}|макс|мессенджер\w*|директ\w*|личк\w*|личны[еx]\s+сообщени\w*|лс|почт[уеы]|имейл\w*|e-?mail|"
    "смс\\w*|sms|dm|messenger|inbox"
)
_TURN_TO = (
    r"\b(?:на|от|пере|под|при|вы|по|с)?(?:пиш|пис|скин|шл[ию]|сыла|прав|кин|стуч|свя[жз]|перей|звон)\w*\b"
)
_ASK_FOR = r"\b(?:дайте|скажите|пришлите|напишите|скиньте|какой)\b"
_NO_CONDITION = r"(?:^|[.!?\n])(?![^.!?\n]*\b(?:если|когда|if|when)\b)[^.!?\n]*"
_INVITATIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # «напишите мне в вотсап», "text me on telegram"
        rf"{_TURN_TO}[^.!?\n]{{0,40}}\b(?:в|во|на|по|через)\s+(?:{_ELSEWHERE})\b",
        rf"\b(?:write|text|message|ping|call|contact|reach|dm)\b[^.!?\n]{{0,40}}\b(?:on|in|via|by|to)\s+(?:my\s+)?(?:{_ELSEWHERE})\b",
        # «у вас есть вотсап?», «какой у вас телеграм», «мой телеграм»
        rf"\b(?:есть|какой|ваш|мой|моя|дайте|скажите|your|my|have)\b[^.!?\n]{{0,20}}\b(?:{_ELSEWHERE})\b",
        # «дайте ваш номер», "what is your number"
        rf"{_ASK_FOR}[^.!?\n]{{0,25}}\b(?:ваш\w*|сво\w*|у\s+вас)\b[^.!?\n]{{0,15}}\b(?:номер(?!\s+заказа)|телефон)\w*",
        r"\b(?:give|send|what(?:'s| is))\b[^.!?\n]{0,20}\byour\s+(?:phone|number)\b",
        # «позвоните мне», "call me"; with a condition it is a wish for the delivery, which the courier needs
        rf"{_NO_CONDITION}\b(?:(?:по|пере)?звоните|наберите|(?:по|пере)?звони|набери)\s+(?:мне|нам)\b",
        rf"{_NO_CONDITION}\b(?:call|phone|ring)\s+(?:me|us)\b",
    )
)
_NUMBERS = re.compile(
    r"""(?x)
    \+ \s* \d (?: [\s()\u2010-\u2013.-]* \d ){8,14}        # a plus and a country code
    | (?<!\d) \d{10,15} (?!\d)                             # as many digits as only a phone has
    | (?<!\d) (?: \d [\s.\u2010-\u2013-]{1,2} ){9,14} \d (?!\d)  # digit by digit
    """
)
_PHONE = re.compile(r"\+?\d(?:[\s().\u2010-\u2013-]*\d){6,14}")
_WITHOUT_COUNTRY = 10
"""Digits of a number without its country code."""
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_NUMERAL = re.compile(
    "ноль|нуль|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|(?:один|две|три|четыр|пят|шест|сем|"
    "восем|девят)надцать|де[вс]ять|двадцать|тридцать|сорок|(?:пять|шесть|семь|восемь)десят|девяносто|сто|"
    "двести|(?:три|четыре)ста|(?:пять|шесть|семь|восемь|девять)сот|плюс"
)
_LONGEST_GAP = 3
_FEWEST_TOKENS = 5
_FEWEST_WORDS = 3
"""A number in words counts as a phone from this many parts in a row and this many words among them."""

# Characters that look like digits and signs to people, but do not match them in a search.
_KEYCAP = re.compile(r"(?<=[0-9])\ufe0f?\u20e3")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def plain_signs(words: str) -> str:
    """Replaces full-width characters and keycaps by the ASCII characters that they look like."""
    return _KEYCAP.sub("", words.translate(_FULL_WIDTH))


def without_links(words: str) -> str:
    """The words with sites, e-mail addresses and profiles replaced by dots."""
    return _LINKS.sub(HIDDEN, words)


def invites_elsewhere(words: str) -> bool:
    """Whether the words ask to continue in a messenger, by e-mail or by phone (R62)."""
    return any(pattern.search(words) for pattern in _INVITATIONS)


def without_digit_runs(words: str) -> str:
    """The words with numbers that can only be phones replaced by dots, in digits or spelled out."""
    hidden = _NUMBERS.sub(HIDDEN, words)
    for start, end in reversed(list(_numbers_in_words(hidden))):
        hidden = hidden[:start] + HIDDEN + hidden[end:]
    return hidden


def without_phones(words: str, phones: Iterable[str]) -> str:
    """The words with these phones replaced by dots, in any notation with digits."""
    known = [_digits(written) for phone in phones for written in _PHONE.findall(phone)]

    def hidden(match: re.Match[str]) -> str:
        return HIDDEN if any(_same_phone(_digits(match[0]), one) for one in known) else match[0]

    return _PHONE.sub(hidden, plain_signs(words)) if known else words


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)


def _same_phone(one: str, other: str) -> bool:
    """Whether two numbers differ at most by their country or area code."""
    shorter, longer = sorted((one[-_WITHOUT_COUNTRY:], other[-_WITHOUT_COUNTRY:]), key=len)
    return longer.endswith(shorter)


def _numbers_in_words(text: str) -> Iterator[tuple[int, int]]:
    """Positions of numbers that are spelled out, fully or partly: «восемь девятьсот 16 сто три»."""
    run: list[re.Match[str]] = []
    for token in (*_TOKENS.finditer(text), None):
        goes_on = token is not None and bool(token[0].isdigit() or _NUMERAL.fullmatch(token[0].lower()))
        is_near = not run or token is None or token.start() - run[-1].end() <= _LONGEST_GAP
        if not (goes_on and is_near):
            if _is_phone(run):
                yield run[0].start(), run[-1].end()
            run = []
        if goes_on and token is not None:
            run.append(token)


def _is_phone(run: list[re.Match[str]]) -> bool:
    words = sum(not token[0].isdigit() for token in run)
    return len(run) >= _FEWEST_TOKENS and words >= _FEWEST_WORDS
