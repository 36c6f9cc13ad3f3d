"""Recognises addresses as people write them: «Ленина 10-12», «ул. 8 Марта, д. 14, кв.

30», «5 Green Street».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orders.intake.names import is_first_name
from orders.intake.venues import find_venues
from orders.parsing.days import STREETS_OF_DAYS

_NO_NUMBER = (
    r"(?!\s?(?:шт|роз(?!а\s[0-9])|пион|тюльп|хризант|гвозд|лили|ирис|букет|руб|р\b|₽|\$|%|тыс|час|ч\b|мин|лет\b|год|кг|см\b|числа|-?го\b"
    r"|янв|фев|мар(?!к|ш|и)|апр|ма[яй]\b|июн|июл|авг|сен|окт|ноя|дек|утра|дня|вечера|pcs|[ap]m\b)|:[0-9]|[.,][0-9])"
)
_LETTER = (
    r"(?:[а-яА-Яa-fA-F](?!\w)|\s[абвгдеАБВГДЕ](?=\s*(?:$|[,.;:)\n\x00/]|(?:кв|корп|стр|под|эт|оф|к)\b)))?"
)
"""Matches «31Б» and «31 Б»; in «14 в Магните» the letter is a word."""
_HOUSE = (
    rf"[0-9]{{1,3}}(?![0-9]){_LETTER}(?:\s?[/\u2010-\u2015-]\s?[0-9]{{1,4}}(?![0-9:]|\.[0-9]){_LETTER}){{0,2}}"
    rf"(?:\s?(?:корпус|корп|стр|к|с)\.?\s?[0-9]{{1,2}}(?![0-9]){_LETTER}){{0,2}}"
)
_UNIT = (
    r"(?:квартира|кварт|кв|подъезд|под|п|этаж|эт|офис|оф|домофон|код(?:\s+домофона)?|корпус|корп|строение|стр|литера?|секция|пәтер|үй"
    r"|комната|комн|пом|палата|каб(?:инет)?|д|дом|башня|участок|уч|влад(?:ение)?|вл|вход|блок|терминал|apartment|apt|flat|floor|office|room|unit|suite|entrance)"
)
_AFTER_UNIT = r"\.?\s*(?:№\s?)?[0-9][\w#*/-]*|\.?\s+(?-i:[A-ZА-ЯЁ])(?!\w)|\.?\s+«[^»\n]{1,30}»"
_ORDINAL = r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|последн)(?:ый|ой|ий|ая|яя|ья|ое|ье|ом|ем|ьем)"
_BEFORE_UNIT = (
    rf"(?:[0-9]{{1,4}}(?:-?[йяе])?|{_ORDINAL})\s*(?:подъезд|этаж|эт\.?|под\.|квартира|кв\b|комната|floor)"
)
_TAIL = rf"(?:(?:\s*[,.(]\s*|\s+)(?:{_UNIT}(?:{_AFTER_UNIT})|к\.\s?[0-9]{{1,2}}|к\s[1-9](?![0-9])(?!\s*(?:час|утр|вечер))|{_BEFORE_UNIT})\)?){{0,8}}"
_KIND = (
    r"(?:улица|улице|ул|проспект[еу]?|просп|пр-т|пр-кт|пр-д|пр|переулок|пер|набережная|наб|шоссе|ш|бульвар[еу]?|бул|б-р|проезд"
    r"|площадь|пл|микрорайон|мкр|мкрн|квартал|тупик|аллея|линия|көшесі|даңғылы)\b\.?"
)
_KIND_EN = r"(?:street|str?|avenue|ave|road|rd|lane|boulevard|blvd|drive|square|walk|court|way)\b\.?"
_NAME = r"(?:[0-9]{1,4}(?:-?[йяею]|-летия)?\s+)?[^\W\d_][\w'’.-]*(?:\s+(?![дк]\.?\s?[0-9]|дом\b|кв\b)[^\W\d_][\w'’-]*){0,2}"
_CAPITAL = r"(?:[0-9]{1,2}-[йяею]\s+)?[A-ZА-ЯЁ](?:[а-яёa-z'’-]+|[а-яё]{0,2}\.)(?:-[A-ZА-ЯЁ][а-яё]+)?(?:\s[A-ZА-ЯЁ][а-яё]+)?"
_D = r"(?:(?:д|дом|влад|владение|вл|уч|участок|стр|строение|зд|здание)\.?\s*(?:№\s?)?)?"
_SETTLEMENT = r"(?:(?:город|пос|пос[её]лок|пгт|дер|деревня|село|станица|хутор|кп|жк|снт|днт|тсн|район|р-н|обл|область|мкр|микрорайон)\b\.?|г\.|с\.|д\.\s?(?=(?-i:[А-ЯЁ][а-яё]{3})))"
_SEP = r"(?:\s*,\s*|\s+)"
_PLACE = (
    rf"(?:(?i:{_SETTLEMENT})\s*(?:«[^»\n]{{1,40}}»|\"[^\"\n]{{1,40}}\"|[А-ЯЁA-Z0-9][\w-]*(?:\s[А-ЯЁ][а-яё-]+)?)"
    r"|[А-ЯЁA-Z][а-яёa-z]+(?:-[\w-]+)?(?:\s[А-ЯЁ][а-яё-]+)?(?:\s(?i:область|обл\.?|район|р-н|край))?)\s*,\s*"
)
_TOWN = rf"(?:[0-9]{{6}},\s)?(?:{_PLACE}){{0,3}}(?:(?i:город|г)\.?\s[А-ЯЁ][а-яё-]+(?:\s[А-ЯЁ][а-яё-]+)?\s(?=(?i:{_KIND})))?"
_NAME_NUMBER = r"(?:-[0-9]{1,2})?"
"""Matches «мкр Самал-2»."""
_NUMBER_WORD = (
    r"(?:(?:двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто)\s+){0,2}(?:один|одна|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять"
    r"|одиннадцать|двенадцать|тринадцать|четырнадцать|пятнадцать|шестнадцать|семнадцать|восемнадцать|девятнадцать|двадцать|тридцать|сорок|пятьдесят|шестьдесят|семьдесят|восемьдесят|девяносто|сто)\b"
)
_FEAST_STREETS = (
    rf"(?i:{STREETS_OF_DAYS}|3\s+интернационала)"
    r"|[0-9]{2,3}\s+лет\s+(?:[А-ЯЁ][а-яё]+)(?:\s[А-ЯЁ][а-яё]+)?"
)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_TOWN}\b(?i:{_KIND})\s*(?i:{_NAME}){_SEP}(?i:{_D}){_HOUSE}{_NO_NUMBER}(?i:{_TAIL})",
        rf"{_TOWN}\b(?i:мкр|микрорайон|квартал)\.?\s*[0-9]{{1,3}}{_SEP}(?i:{_D}){_HOUSE}(?i:{_TAIL})",
        rf"{_TOWN}\b(?i:{_SETTLEMENT})\s*(?:«[^»\n]{{1,40}}»|(?i:{_NAME}){_NAME_NUMBER}){_SEP}(?i:{_D}){_HOUSE}{_NO_NUMBER}(?i:{_TAIL})",
        rf"\b(?i:д|дом)\.?\s?{_HOUSE}(?i:{_TAIL})\s*,?\s+(?:по\s+)?(?i:{_KIND})\s*[^\W\d_][\w-]*(?:\s[А-ЯЁ][а-яё]+)?(?!\w|\s*,?\s*[0-9])",
        rf"{_TOWN}\b(?:(?i:[^\W\d_][\w'’-]+)\s){{0,1}}(?i:[^\W\d_][\w'’-]+)\s(?i:{_KIND}){_SEP}(?i:{_D}){_HOUSE}{_NO_NUMBER}(?i:{_TAIL})",
        rf"\b(?i:{_KIND})\s*(?i:[^\W\d_]+)\s+(?i:дом\s+)?{_NUMBER_WORD}(?:\s+(?i:{_UNIT})\s+(?:[0-9]+|{_NUMBER_WORD}))*",
        rf"\b[А-ЯЁ][а-яё]+\s+(?i:дом\s+)?{_NUMBER_WORD}(?:\s+(?i:{_UNIT})\s+(?:[0-9]+|{_NUMBER_WORD}))+",
        rf"{_TOWN}\b(?:{_FEAST_STREETS}),?\s(?i:{_D}){_HOUSE}{_NO_NUMBER}(?i:{_TAIL})",
        rf"{_TOWN}\b[0-9]{{1,2}}(?:-?[йяею])?\s(?i:{_KIND}){_SEP}(?i:{_D}){_HOUSE}{_NO_NUMBER}(?i:{_TAIL})",
        rf"\b(?i:[^\W\d_]+\s{_KIND})\s+{_NUMBER_WORD}",
        rf"\b[0-9]{{1,4}}[a-zA-Z]?,?\s(?:[A-Z][\w'-]+\s){{1,3}}(?i:{_KIND_EN})(?i:{_TAIL})(?:,\s[A-Z][a-z]+(?=\s*(?:$|[.,;\n])))?",
        rf"\b(?:[A-Z][\w'-]+\s){{1,2}}(?i:{_KIND_EN})\s[0-9]{{1,4}}(?![0-9])(?i:{_TAIL})",
        rf"(?<![\w.«\"-]){_TOWN}{_CAPITAL}{_SEP}(?i:{_D}){_HOUSE}{_NO_NUMBER}(?i:{_TAIL})",
        rf"\b(?i:на|по)\s+(?P<low>[а-яё]{{4,}}(?:ого|ой|ая|ина|ова|ева|ира|ее|а|ы|и){_SEP}(?i:{_D}){_HOUSE}(?i:{_TAIL}))",
        rf"\b(?i:д|дом)\.?\s?{_HOUSE}(?i:{_TAIL})\s+по\s+[А-ЯЁ][а-яё]+(?i:{_TAIL})",
    )
)
_CAPITALISED, _LOWER = 12, 13
"""Indices of the forms that only their shape shows to be addresses."""
_MORE = re.compile(rf"^\W*(?i:{_UNIT}{_AFTER_UNIT}|{_BEFORE_UNIT})(?i:{_TAIL})\W*$")
_ADJECTIVE = re.compile(r"(?:ск|(?<!видн)(?<=[^\W\d_]{3})н|ов)(?:ая|ой|ую|ого|ому|ий|ый)$", re.IGNORECASE)
_FIRST_PLACE = re.compile(_PLACE)
_NO_STREET = re.compile(
    r"(?:штук|длин|высот|цвет|всего|ещё|еще|около|размер|минут|час|need|want|hi\b|hello|please|send|заказ|достав|сумм|итог|цен[аыу]\b|букет|корзин|ваз|открыт|тел(?!ьман|еграф|евиз)|дом(?!о)|подъезд|этаж|кварт|офис|предоп|оплат|стоим|доплат|скид|номер"
    r"|код|нуж|хоч|сегод|завтр|послез|роз(?!ы\sЛюксембург)|пион(?!ер)|тюльп|хризант|гвозд|лили|ирис|гортенз|эустом|альстр|гербер|орхиде|ромаш|подсолн|мимоз"
    r"|фрез|анемон|нарцис|калл|гиацинт|эвкал|гипсо|ранунк|кактус|бутонь|композиц|набор|микс|шар(?!икоп|ып)|торт|конфет|лент|лиз|монобукет|школ(?!ьн)|магаз"
    r"|интервал|врем|дат|понед|вторн|сред|четв|пятн(?!иц[а-я]+к)|субб|воскр|янв|фев|март|апр|май\b|мая\b|июн|июл|авг|сент|окт|нояб|дек(?!абрист)|плюс|минус"
    r"|order|deliv|total|sum|price|date|time|card|rose|tulip|peon|bouquet|iris|lil|hydr|phone|flat|apt|today|tomor"
    r"|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february"
    r"|march|april|june|july|august|september|october|november|december|at\b|by\b|from|in\b|на\b|по\b|до\b|из\b|за\b|для\b)",
    re.IGNORECASE,
)


def find_address(text: str) -> tuple[int, int] | None:
    """Returns start and end of the address in a line, by the most reliable form; None if there is none."""
    return next(_found(text), None)


def find_addresses(text: str) -> list[tuple[int, int]]:
    """Every address of a text, without overlaps.

    If one of them has «ул.» or «пр-т», those that only look like an address are left out.
    """
    kinds = list(_houses(text))
    is_sure = any(place not in {_CAPITALISED, _LOWER} for place, _start, _end in kinds)
    found: list[tuple[int, int]] = []
    for place, start, end in kinds:
        if is_sure and place in {_CAPITALISED, _LOWER}:
            continue
        if not any(start < other[1] and other[0] < end for other in found):
            found.append((start, end))
    return found


def is_whole_address(text: str) -> bool:
    """Whether the whole line is an address."""
    place = find_address(text)
    return place is not None and not re.search(r"[^\W_]", text[: place[0]] + text[place[1] :])


def is_more_of_address(text: str) -> bool:
    """Whether a line continues the address above it: «2 подъезд, 7 этаж, кв 48»."""
    return _MORE.match(text) is not None


def _found(text: str) -> Iterator[tuple[int, int]]:
    yield from ((start, end) for _place, start, end in _houses(text))
    yield from find_venues(text)


def _houses(text: str) -> Iterator[tuple[int, int, int]]:
    """Addresses with a house number; «Высота, 3» in «БЦ Высота, 3 этаж» is not one."""
    venues = find_venues(text)
    for place, start, end in _with_forms(text):
        is_guess = place in {_CAPITALISED, _LOWER}
        if not (is_guess and any(start < other[1] and other[0] < end for other in venues)):
            yield place, start, end


def _with_forms(text: str) -> Iterator[tuple[int, int, int]]:
    for place, pattern in enumerate(_FORMS):
        for match in pattern.finditer(text):
            start = match.start("low") if place == _LOWER else match.start()
            name = re.sub(r"^[0-9-]+[йяе]?\s+", "", match[0][start - match.start() :])
            if place in {_CAPITALISED, _LOWER} and not _is_street(name):
                continue
            end = start + len(text[start : match.end()].rstrip(" ,.;"))
            end += text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")"
            yield place, _without_people(text, start, end), end


def _is_street(name: str) -> bool:
    """Whether the name may be a street: «Пионерская 6», «Октябрьская 22», not «Пионы 6», «Октябрь 22»."""
    last = _last_word(name)
    if _ADJECTIVE.search(last):
        return True
    return not (_NO_STREET.match(name) or _NO_STREET.match(last))


def _without_people(text: str, start: int, end: int) -> int:
    """Start of the address without a name, «завтра» or a building's name before it, each with a comma."""
    while (match := _FIRST_PLACE.match(text, start, end)) is not None:
        is_behind_word = re.search(r"(?:^|\W)(?!(?:в|на|по|из|г|до)\s)[\w»\"]+\s+$", text[:start]) is not None
        word = match[0].split(",")[0]
        is_town = re.match(_SETTLEMENT, word, re.IGNORECASE) is not None
        if is_town or not (is_behind_word or is_first_name(word) or _NO_STREET.match(word)):
            return start
        start = match.end()
    return start


def _last_word(name: str) -> str:
    """The word before the number: «Розы» in «Москва, Розы 5»."""
    words = re.findall(r"[^\W\d_]+", re.split(r"[0-9]", name)[0])
    while len(words) > 1 and words[-1].casefold() in {"дом", "д"}:  # «Мира, дом 4»
        words.pop()
    return words[-1] if words else ""
