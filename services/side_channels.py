"""What would lead client and shop past the order's chat: phones, mail, profiles, messengers (R62)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from messages.outside import clean_lines
from orders.commands import AnswerProposal, Cancel, Command, Rate
from orders.order import Line, Order, Proposal
from orders.rules import ShopRules
from services.phones import phone_finder

HIDDEN = "•••"

_HOME = "RU"
"""The country of the marketplace: its clients write Russian numbers to shops abroad, too."""

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
_NUMBERS = re.compile(
    r"""(?x)
    \+ \s* \d (?: [\s()\u2010-\u2013.-]* \d ){8,14}        # a plus and a country code
    | (?<!\d) \d{10,15} (?!\d)                             # as many digits as only a phone has
    | (?<!\d) (?: \d [\s.\u2010-\u2013-]{1,2} ){9,14} \d (?!\d)  # digit by digit
    """
)
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_NUMERAL = re.compile(
    "ноль|нуль|один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|(?:один|две|три|четыр|пят|шест|сем|"
    "восем|девят)надцать|де[вс]ять|двадцать|тридцать|сорок|(?:пять|шесть|семь|восемь)десят|девяносто|сто|"
    "двести|(?:три|четыре)ста|(?:пять|шесть|семь|восемь|девять)сот|плюс"
)
_LONGEST_GAP = 3
_FEWEST_TOKENS = 5
_FEWEST_WORDS = 3
"""From so many parts in a row, so many of them words, a number in words is taken for a phone."""

# What makes digits and signs look the same to people, and another to a search.
_KEYCAP = re.compile(r"(?<=[0-9])\ufe0f?\u20e3")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def without_side_channels(words: str, rules: ShopRules) -> str:
    """The words for the other side, with dots in place of what only leads elsewhere.

    Phones are found as they are written in the shop's country, in Russia, and with a country code. Invisible
    characters are removed first: a screen that drops them later would show the number again.
    """
    hidden = _LINKS.sub(HIDDEN, _KEYCAP.sub("", clean_lines(words).translate(_FULL_WIDTH)))
    for region in sorted({rules.country or _HOME, _HOME}):
        for _phone, start, end in reversed(phone_finder(region)(hidden)):
            hidden = hidden[:start] + HIDDEN + hidden[end:]
    hidden = _NUMBERS.sub(HIDDEN, hidden)
    for start, end in reversed(list(_numbers_in_words(hidden))):
        hidden = hidden[:start] + HIDDEN + hidden[end:]
    return hidden


def has_hidden(words: str, passed_on: str) -> bool:
    """Whether something of the words was left out."""
    return passed_on.count(HIDDEN) > words.count(HIDDEN)


def of_client(command: Command, rules: ShopRules) -> Command:
    """What a client asks for, as the staff may read it."""
    if isinstance(command, Rate):
        return replace(command, complaint=without_side_channels(command.complaint, rules))
    if isinstance(command, AnswerProposal):
        return replace(command, words=without_side_channels(command.words, rules))
    if isinstance(command, Cancel):
        return replace(command, reason=without_side_channels(command.reason, rules))
    return command


def as_client_reads(order: Order, rules: ShopRules) -> Order:
    """The order as its client may read it: the staff's words in it without side channels.

    They stay in the order itself: a courier needs the phone of a neighbour who takes the flowers.
    """
    agreements = tuple(replace(one, proposal=_proposal(one.proposal, rules)) for one in order.agreements)
    details = replace(order.details, lines=tuple(_line(line, rules) for line in order.details.lines))
    rating = order.progress.rating
    if rating is not None:
        rating = replace(rating, complaint=without_side_channels(rating.complaint, rules))
    progress = replace(order.progress, rating=rating)
    return replace(order, details=details, progress=progress, agreements=agreements)


def _proposal(proposal: Proposal, rules: ShopRules) -> Proposal:
    return replace(
        proposal,
        words=without_side_channels(proposal.words, rules),
        replaced=_line(proposal.replaced, rules) if proposal.replaced else None,
        replacement=_line(proposal.replacement, rules) if proposal.replacement else None,
    )


def _line(line: Line, rules: ShopRules) -> Line:
    return replace(line, name=without_side_channels(line.name, rules))


def _numbers_in_words(text: str) -> Iterator[tuple[int, int]]:
    """Where a number stands that is spelled out, wholly or in part: «восемь девятьсот 16 сто три»."""
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
