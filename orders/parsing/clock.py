"""Finds times in text: «к 7 вечера», «в полвосьмого», «с 14-00 до 15-00», «2:00 PM - 4:00 PM», «после 18».

An ambiguous time is returned with all its meanings; nothing is chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

NOON = 12
DAY = 24
MIDNIGHT = DAY * 60

Minutes = int
"""Minutes after midnight; 1440 and more belong to the next day."""
Span = tuple[Minutes, Minutes]

_WORDS = {
    "час": 1, "часу": 1, "два": 2, "двух": 2, "двум": 2, "три": 3, "трёх": 3, "трех": 3, "трём": 3, "трем": 3,
    "четыре": 4, "четырёх": 4, "четырех": 4, "четырём": 4, "четырем": 4, "пять": 5, "пяти": 5, "шесть": 6, "шести": 6,
    "семь": 7, "семи": 7, "восемь": 8, "восьми": 8, "девять": 9, "девяти": 9, "десять": 10, "десяти": 10,
    "одиннадцать": 11, "одиннадцати": 11, "двенадцать": 12, "двенадцати": 12,
}  # fmt: skip
_LATE_WORDS = {
    "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18,
    "девятнадцать": 19, "двадцать один": 21, "двадцать два": 22, "двадцать три": 23, "двадцать": 20,
}  # fmt: skip
_WORDED = rf"(?:{'|'.join([*_LATE_WORDS, 'девять', 'десять', 'одиннадцать', 'двенадцать'])})"
_MINUTES = {"ноль ноль": 0, "пятнадцать": 15, "тридцать": 30, "сорок пять": 45}
_LACKING = {"четверти": 15, "пяти": 5, "десяти": 10, "двадцати": 20}
_HALF = (
    "первого", "второго", "третьего", "четв[её]ртого", "пятого", "шестого", "седьмого", "восьмого", "девятого",
    "десятого", "одиннадцатого", "двенадцатого",
)  # fmt: skip
_PERIOD = r"утр(?:а|ом)|дня|дн[её]м|вечер(?:а|ом|у)|ноч(?:и|ью)|a\.?\s?m\b\.?|p\.?m\b\.?|пополудни"
_DIGITS = (
    r"(?:[01]?[0-9]|2[0-4])(?:\s?[:.][0-5][0-9](?![0-9])(?::[0-5][0-9](?![0-9]))?"
    r"|\s?(?:ч\b\.?|час(?:ов|а|ам|у)?\b|h\b|o'?clock\b)(?:\s?[0-5][0-9]\s?(?:м\b|мин\w*)?)?)?"
)
_TIME = (
    rf"{_WORDED}\s+(?:{'|'.join(_MINUTES)})(?=\W|$)|(?:{'|'.join(_LATE_WORDS)})(?=\s+час)"
    rf"|без\s+(?:{'|'.join(_LACKING)}|(?:5|10|15|20)(?:\s+мин\w*)?)\s+(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|1[0-2]|[1-9])(?=\W|$)"
    rf"|полдень|полудня|полудню|noon|midday|пол(?:у)?ноч[ьи]|midnight|пол(?:овин[еуы]|\s)?\s?(?:{'|'.join(_HALF)})"
    rf"|{_DIGITS}|{'|'.join(sorted(_WORDS, key=len, reverse=True))}(?=\W|$)"
)


def _clock(name: str) -> str:
    edge = r"(?<![0-9:.,/-])" if name == "a" else ""
    return rf"{edge}(?P<{name}>{_TIME})(?:\s+часов|\s+часам|\s+часа)?(?:\s?(?P<{name}_period>{_PERIOD}))?(?![0-9])"


_NO_TIME = (
    r"(?!\s*(?:шт|руб|р\b|₽|\$|%|кв\b|эт|подъезд|под\b|роз|пион|тюльп|букет|хризант|цвет|дней|дня\s+рожд|лет\b|год|тыс|см\b"
    r"|веток|веточ|стебл|человек|раз\b|минут|мин\b|rose|tulip|peon|pcs|street|st\b|ave|\w+\s+(?:street|st|avenue|ave|road|rd|lane|square)\b|/[0-9]|,\s?кв|:[0-9]|[-\u2013][0-9])|-?(?:ю|й|я|е|го|ая|ую|летия)\b|[0-9а-яa-z])"
)


def _behind(name: str) -> str:
    """What must not follow a time's number; «шесть вечера» and «12:00» are times before any word."""
    return rf"(?:(?<=[0-9]:[0-5][0-9])(?![\w:%]|\s?[-\u2013]\s?[0-9])|(?({name}_period)(?!\w)|{_NO_TIME}))"


_DASH = r"\s?[-\u2010-\u2015]\s?"
_RANGES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:с|со|от|from|между|between)\s+{_clock('a')}(?:\s+(?:до|по|и|to|and|till|until)\s+|{_DASH}){_clock('b')}{_behind('b')}",
        rf"{_clock('a')}{_DASH}{_clock('b')}{_behind('b')}",
        rf"{_clock('a')}\s+(?:до|по|to|till|until)\s+{_clock('b')}{_behind('b')}",
    )
)
_BEFORE = r"(?:не\s+поз(?:же|днее)|до|before|until|till|no\s+later\s+than)"
_AFTER = r"(?:не\s+раньше|после|начиная\s+с|after|from|с|со)"
_AT = (
    r"(?:ровно\s+)?(?:в|во|к|ко|на|около|примерно(?:\s+в)?|где-то\s+в|ближе\s+к|часам\s+к|часов\s+в|часа\s+в|часов\s+к"
    r"|сағат|at|by|around|about)(?:\s+время)?"
)
_SINGLE = re.compile(
    rf"\b(?:(?P<before>{_BEFORE})|(?P<after>{_AFTER})|(?P<at>{_AT}))\s+{_clock('a')}{_behind('a')}",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?<![\w-])(?<!через )(?<!на )(?<!за ){_clock('a')}{_behind('a')}", re.IGNORECASE)
_DASHED_MINUTES = re.compile(
    r"(?<![0-9:.,/-])(\b(?:с|со|до|по|в|во|к|ко|на|около|после|от|и)\s+(?:[01]?[0-9]|2[0-3]))[- ](00|30|45)(?![0-9])",
    re.IGNORECASE,
)
_DASHED_RANGE = re.compile(
    r"(?<![0-9:.,/-])((?:[01]?[0-9]|2[0-3]))-(00|30|45)(\s*(?:-|до|по|\u2013)\s*(?:[01]?[0-9]|2[0-3]))-(00|30|45)(?![0-9])"
)
_SOLID_RANGE = re.compile(
    r"(?<![0-9:.,/-])([01][0-9]|2[0-3])([0-5]0)\s?[-\u2013]\s?([01][0-9]|2[0-3])([0-5]0)(?![0-9])"
)
_IN = re.compile(
    r"\b(?:через|in)\s+(?:(?P<half>полчаса|half\s+an\s+hour)|(?P<more>полтора\s+часа)|(?:(?P<count>[0-9]{1,3}|два|три|an?)\s*)?"
    r"(?P<unit>час(?:а|ов|ик)?|ч\b|мин(?:ут[уы]?)?|hours?|minutes?|mins?))(?!\w)",
    re.IGNORECASE,
)
_PARTS = (
    (re.compile(r"\bдо\s+обеда\b|\bbefore\s+lunch\b", re.IGNORECASE), ((9 * 60, 12 * 60), (9 * 60, 13 * 60))),
    (re.compile(r"\bпосле\s+обеда\b|\bafter\s+lunch\b", re.IGNORECASE), ((13 * 60, 16 * 60), (14 * 60, 18 * 60))),
    (re.compile(r"\bв\s+обед\b|\bк\s+обеду\b", re.IGNORECASE), ((12 * 60, 13 * 60), (13 * 60, 14 * 60))),
    (re.compile(r"\b(?:утром|с\s+утра|к\s+утру|in\s+the\s+morning|morning)\b", re.IGNORECASE), ((8 * 60, 10 * 60), (9 * 60, 12 * 60))),
    (re.compile(r"\b(?:(?<!с\s)дн[её]м|in\s+the\s+afternoon|afternoon)\b", re.IGNORECASE), ((12 * 60, 15 * 60), (13 * 60, 17 * 60))),
    (re.compile(r"\b(?:вечером|к\s+вечеру|in\s+the\s+evening|evening|tonight)\b", re.IGNORECASE), ((17 * 60, 19 * 60), (18 * 60, 21 * 60))),
)  # fmt: skip
_HOURS_OF_PARTS: dict[tuple[Span, ...], Span] = {
    spans: hours
    for (_pattern, spans), hours in zip(
        _PARTS,
        (
            (8 * 60, 13 * 60),
            (13 * 60, 18 * 60),
            (12 * 60, 15 * 60),
            (4 * 60, 12 * 60),
            (12 * 60, 18 * 60),
            (16 * 60, MIDNIGHT),
        ),
        strict=True,
    )
}
"""The hours in which a time next to this part of the day lies."""
_MORNING_FROM, _NIGHT_TO = 7, 23
"""Hours in which flowers are delivered; a person is asked about times outside."""
_LONGEST = 6 * 60
_CLEAR_FROM = 9
"""«с 9 до 11» alone is the morning; «с 7 до 9» may be the evening, too."""
_LATE_ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Time:
    """A time in a text. If it has several spans, any may be meant, and a person must choose.

    `is_marked`: a colon or a word shows that it is a time. Without a mark, «к 15» is a time only next to a
    day, and «10-12» (`is_bare`) may be house and flat.
    """

    spans: tuple[Span, ...]
    start: int
    end: int
    is_marked: bool = True
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    minutes: Minutes
    is_vague: bool


def find_times(text: str, now: datetime, *, is_answer: bool = False) -> list[Time]:
    """All times in a text, in their order and without overlaps; `now` is in the shop's zone.

    `is_answer`: the text is about the time only, so that a bare «14» is an hour.
    """
    text = _with_colons(text)
    found: list[Time] = []
    for one in _candidates(text, now, is_answer=is_answer):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return _settled(sorted(found, key=lambda time: time.start), text)


def _settled(found: list[Time], text: str) -> list[Time]:
    """«вечером, часов в 8» is one time: the part of the day says which half of the clock is meant."""
    parts = [time for time in found if time.spans in _HOURS_OF_PARTS]
    others = [time for time in found if time not in parts and not time.is_bare]
    if len(parts) != 1 or len(others) != 1 or re.search(r"[.;!?\n]", _between(parts[0], others[0], text)):
        return found
    first, last = _HOURS_OF_PARTS[parts[0].spans]
    within = tuple(span for span in others[0].spans if first <= span[0] <= last)
    if len(within) != 1:
        return found
    return [replace(time, spans=within, is_marked=True) for time in (parts[0], others[0])]


def _between(one: Time, other: Time, text: str) -> str:
    first, last = sorted((one, other), key=lambda time: time.start)
    return text[first.end : last.start]


def _with_colons(text: str) -> str:
    """Turns «с 14-00 до 15 00» into «с 14:00 до 15:00», without changing the length."""
    text = _DASHED_RANGE.sub(r"\1:\2\3:\4", text)
    return _DASHED_MINUTES.sub(r"\1:\2", text)


def _candidates(text: str, now: datetime, *, is_answer: bool) -> Iterator[Time]:
    for match in _SOLID_RANGE.finditer(text):
        hours = [int(group) for group in match.groups()]
        span = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        yield Time((span,), match.start(), match.end(), is_marked=False, is_bare=True)
    for place, pattern in enumerate(_RANGES):
        for match in pattern.finditer(text):
            spans = _range(match)
            if spans:
                is_bare = place > 0 and re.fullmatch(r"[0-9\s\u2010-\u2015-]+", match[0]) is not None
                yield Time(spans, match.start(), match.end(), is_marked=not is_bare, is_bare=is_bare)
    for match in _IN.finditer(text):
        yield _later(match, now)
    for pattern, parts in _PARTS:
        for match in pattern.finditer(text):
            yield Time(parts, match.start(), match.end())
    yield from _singles(text, is_answer=is_answer)


def _singles(text: str, *, is_answer: bool) -> Iterator[Time]:
    for match in _SINGLE.finditer(text):
        said = _said(match, "a")
        if said is not None and not (match["a"].casefold() == "час" and not match["a_period"]):
            yield Time(_open(match, said), match.start(), match.end(), is_marked=_is_clear(match))
    for match in _ALONE.finditer(text):
        said = _said(match, "a")
        has_mark = bool(match["a_period"]) or not match["a"].isdigit()
        is_word = match["a"].isalpha() and not match["a_period"] and match["a"].casefold() in _WORDS
        if said is None or (is_word and not is_answer):
            continue
        is_whole = is_answer and not text.replace(match[0], "", 1).strip(" .,!")
        if has_mark or is_whole:
            is_marked = is_whole or is_answer or "." not in match["a"]
            yield Time(_alternatives(said), match.start(), match.end(), is_marked=is_marked)


def _is_clear(match: re.Match[str]) -> bool:
    """«к 14:00» is always a time; «к 15» only next to a day."""
    return bool(match["a_period"]) or not match["a"].isdigit()


def _open(match: re.Match[str], said: _Said) -> tuple[Span, ...]:
    if match["after"]:
        ends = (said.minutes + 120, said.minutes + 240)
        starts = [at for at, _end in _alternatives(said)]
        return (
            tuple((at, at + 120) for at in starts)
            if len(starts) > 1
            else tuple((said.minutes, end) for end in ends)
        )
    return _alternatives(said)


def _range(match: re.Match[str]) -> tuple[Span, ...]:
    first, last = _said(match, "a"), _said(match, "b")
    if first is None or last is None:
        return ()
    if match["b_period"] and not match["a_period"] and first.is_vague:
        same = _at(first.minutes // 60, first.minutes % 60, match["b_period"])
        first = _Said(same if same < last.minutes else first.minutes, is_vague=False)
    if not first.is_vague and not last.is_vague:
        return (_span(first.minutes, last.minutes),)
    starts = _halves(first)
    ends = _halves(last)
    spans = [(start, end) for start in starts for end in ends if 0 < end - start <= _LONGEST]
    if not spans:
        return (_span(first.minutes, last.minutes),)
    start, end = spans[0]
    is_morning = start >= _CLEAR_FROM * 60 and end <= (NOON + 1) * 60
    if is_morning or len(spans) == 1:
        return (spans[0],)
    return tuple(sorted(spans, key=lambda span: not _is_usual(span[0])))


def _halves(said: _Said) -> tuple[Minutes, ...]:
    """The same hour before and after noon."""
    return (
        (said.minutes, said.minutes + NOON * 60)
        if said.is_vague and said.minutes < NOON * 60
        else (said.minutes,)
    )


def _alternatives(said: _Said) -> tuple[Span, ...]:
    hour = said.minutes // 60
    if not said.is_vague or hour >= _LATE_ENOUGH or hour == 0:
        return ((said.minutes, said.minutes),)
    return tuple(sorted(((at, at) for at in _halves(said)), key=lambda span: not _is_usual(span[0])))


def _is_usual(minutes: Minutes) -> bool:
    return _MORNING_FROM * 60 <= minutes <= _NIGHT_TO * 60


def _span(start: Minutes, end: Minutes) -> Span:
    return start, end if end >= start else end + MIDNIGHT


def _said(match: re.Match[str], name: str) -> _Said | None:
    words, period = match[name].casefold(), match[f"{name}_period"]
    if re.match(r"полдень|полудн|noon|midday", words):
        return _Said(NOON * 60, is_vague=False)
    if re.match(r"полу?ноч|midnight", words):
        return _Said(MIDNIGHT, is_vague=False)
    half = re.match(r"пол(?:овин[еуы])?\s*", words)
    if half:
        hour = next(at for at, word in enumerate(_HALF) if re.fullmatch(word, words[half.end() :]))
        hour, minute = hour or NOON, 30
        is_exact = False
    elif words in _WORDS:
        hour, minute, is_exact = _WORDS[words], 0, False
    elif not words[0].isdigit():
        hour, minute, is_exact = _worded(words)
    else:
        numbers = [int(number) for number in re.findall(r"[0-9]+", words)]
        hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
        is_exact = _is_exact(words, hour)
    if period:
        return _Said(_at(hour, minute, period), is_vague=False)
    return _Said(hour * 60 + minute, is_vague=not is_exact and 0 < hour <= NOON)


def _worded(words: str) -> tuple[int, int, bool]:
    """Hour, minute and whether it is the 24-hour clock: «четырнадцать ноль ноль», «без четверти шесть»."""
    if words.startswith("без"):
        _without, lacking, *rest = words.split()
        hour = int(rest[-1]) if rest[-1].isdigit() else _WORDS[rest[-1]]
        less = int(lacking) if lacking.isdigit() else _LACKING[lacking]
        return (hour or NOON) - 1 or NOON, 60 - less, False
    hour_word = next(word for word in (*_LATE_WORDS, *_WORDS) if words.startswith(word))
    minutes = words.removeprefix(hour_word).strip()
    return {**_WORDS, **_LATE_WORDS}[hour_word], _MINUTES.get(minutes, 0), True


def _is_exact(words: str, hour: int) -> bool:
    """Whether it is the 24-hour clock: «07:00» and «9:30» are; «2:00» may be the afternoon."""
    has_minutes = re.search(r"[:.][0-9]", words) is not None
    return hour > NOON or words.startswith("0") or (has_minutes and hour >= _MORNING_FROM)


def _at(hour: int, minute: int, period: str) -> Minutes:
    """The hour in a part of the day: «7 вечера», «2 PM», «12 дня», «12 ночи»."""
    letter = period.casefold().replace(".", "").replace(" ", "")[0]
    hour %= DAY
    if hour > NOON:
        return hour * 60 + minute
    if letter in "aун":  # am, утра, ночи
        return (hour % NOON) * 60 + minute + (MIDNIGHT if letter == "н" and hour == NOON else 0)
    if letter in "вp":  # вечера, pm
        is_midnight = letter == "в" and hour == NOON
        return MIDNIGHT if is_midnight else (hour % NOON + NOON) * 60 + minute
    return (hour if hour >= _LATE_ENOUGH else hour + NOON) * 60 + minute  # дня


def _later(match: re.Match[str], now: datetime) -> Time:
    """«через час» from now, rounded up to five minutes."""
    unit = (match["unit"] or "").casefold()
    count = {"два": 2, "три": 3, "a": 1, "an": 1, None: 1}.get(match["count"])
    amount = timedelta(minutes=30) if match["half"] else timedelta(minutes=90)
    if not match["half"] and not match["more"]:
        number = count if count is not None else int(match["count"])
        amount = timedelta(hours=number) if unit[0] in "чh" else timedelta(minutes=number)
    at = now + amount
    days = (at.date() - now.date()).days
    minutes = days * MIDNIGHT + at.hour * 60 + -(-at.minute // 5) * 5
    return Time(((minutes, minutes),), match.start(), match.end())
