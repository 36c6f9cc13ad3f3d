"""Reads a composition as people write it: one line per product, «Пионы «Облако» 15 шт × 2 - 4 900 ₽»."""

from __future__ import annotations

import re

from orders.model.details import Line
from orders.parsing.sums import find_sums

_BULLET = re.compile(r"^[\s\u2022*\u25aa\u25ab\u00b7\ufe0f\u2013\u2014-]+|^\s*[0-9]{1,2}[.)]\s+")
_COUNT_BEHIND = re.compile(r"[\s,]*[×xх*]\s*([0-9]{1,3})\s*(?:шт\.?|pcs\.?)?\s*$", re.IGNORECASE)
_COUNT_BEFORE = re.compile(r"^\s*([0-9]{1,3})\s*[×xх]\s+", re.IGNORECASE)
_PIECES_BEHIND = re.compile(r"[0-9]\s*(?:шт(?:ук|уки|\.)?|pcs\.?)$", re.IGNORECASE)
_NO_GOODS = re.compile(
    r"(?:доставк|скидк|итог|сумм|всего|оплат|оплач|предоплат|аванс|чаев|комисси|промокод|бонус|сдач|к\s+оплате"
    r"|стоимост|цен[аы]\b|delivery|discount|total|paid|fee|tip)",
    re.IGNORECASE,
)
_LONGEST_NAME = 80
_ENDING = (
    r"(?:[аяуюыиейь]|ов|ев|ий|ия|ию|ии|ок|ек|ки|ка|ку|ой|ей|очек|очки|очка|ами|ям|ам|чик(?:ов|и|а)?|es|s)?"
)
_FLOWER = (
    r"(?:роз|раушан|қызғалдақ|пион(?:овидн)?|тюльпан|хризантем|гвозди[кч]|лили|ирис|ранункулюс|эустом|гортензи|альстромери|гербер|орхиде"
    r"|ромаш[ке]|подсолнух|мимоз|фрези|анемон|нарцисс|калл|гиацинт|лизиантус|протеа|эвкалипт|гипсофил|астр|георгин|маттиол"
    r"|кустов(?:ых|ые|ая)|бутоньер|хлопо?к|лаванд|сирен[иь]|rose|tulip|chrysanthemum|carnation|iris|lil(?:y|ies)|orchid|hydrangea|daisi?"
    rf"|sunflower|peon(?:y|ie)){_ENDING}(?!\w)"
)
_GIFT = (
    r"(?:ваз[аыу]|букет(?:а|ов)|коробк[аиу]|коробок|открытк[аиу]|открыток|шар(?:ик)?(?:а|ов|ы|и)?|торт(?:а|ов|ы)?|мишк[аиу]|мишек|игрушк[аиу]|игрушек|свеч[аиу]"
    r"|свечей|шоколадк[аиу]|шоколадок|конфет[аы]?|макарун(?:ы|ов|а)?|пирожн(?:ое|ых)|топпер(?:а|ов)?|корзин[аыу]?|набор(?:а|ов)?)(?!\w)"
)
"""Products other than flowers."""
_WORD = r"[^\W\d_]+"
_COLOURED = rf"(?:{_WORD}(?:ых|их|ые|ие|ая|яя|ой|ый|ий)\s+|(?:red|white|pink|yellow|mixed)\s+){{0,2}}"
_COUNT_WORD = (
    r"(?:(?:двадцать|тридцать|сорок|пятьдесят|сто)\s+)?(?:одна|один|две|два|три|четыре|пять|шесть|семь|восемь|девять|десять"
    r"|одиннадцать|двенадцать|тринадцать|пятнадцать|девятнадцать|двадцать|тридцать|сорок|пятьдесят|сто)"
)
_COUNTS = {
    "одна": 1, "один": 1, "две": 2, "два": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6, "семь": 7, "восемь": 8, "девять": 9,
    "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "пятнадцать": 15, "семнадцать": 17, "девятнадцать": 19,
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "сто": 100,
}  # fmt: skip
_BEHIND = rf"(?:\s+(?!высот|длин|выс\b){_WORD}(?:ые|ие|ая|ых|их|яя|ой|я)|\s+(?:кр|бел|роз)\.)?"
_IN_WORDS = re.compile(
    rf"(?<![\w./:-])(?<![0-9],)(?:(?:[0-9]{{0,2}}1(?<!11)|[0-9]{{1,3}}(?!\s+роза\s+[0-9]))(?:-?(?:ть|ти|мь|ю))?(?:\s?(?:шт(?:ук)?\b\.?|вет(?:ок|ки|очек)\b|стебл\w+))?|{_COUNT_WORD})\s+{_COLOURED}{_FLOWER}{_BEHIND}(?:\s+с\s+{_WORD})?"
    rf"|(?<!\w){_COLOURED}{_FLOWER}{_BEHIND}\s+{_COUNT_WORD}\s+(?:штук\w*|вет(?:ок|ки|очек)|стебл\w+|бутон\w+)"
    rf"|(?<!\w){_COLOURED}{_FLOWER}{_BEHIND}(?:\s+[0-9]{{2,3}}\s?см)?[\s,:(-]{{0,3}}(?:[x×х]\s?)?[0-9]{{1,3}}"
    rf"(?:\s*(?:шт(?:ук)?\b\.?|pcs\b|stems?\b|вет(?:ок|ки|очек)\b|стебл\w+|бутон\w+)\)?|(?=\s*(?:$|[,.;\n+=(\x00]|[а-яё]{{4,}}\s|(?:нал|опл)\b)))(?!\s?(?:кв|час|утра|дня|вечера))",
    re.IGNORECASE,
)
_GIFTS = re.compile(
    rf"(?<![\w.,/-])(?:[1-9][0-9]?|{_COUNT_WORD})\s+(?:{_WORD}(?:ых|их|ые|ие|ая|ой)\s+)?{_GIFT}(?:\s+(?:конфет|макарун|цветов|пирожных|шоколада)\w*)?"
    rf"|(?<!\w){_GIFT}(?:\s+(?:конфет|макарун|пирожных|шоколада)\w*)?\s+(?:[x×х]\s?)?[1-9][0-9]?(?:\s*шт(?:ук)?\b\.?|(?=\s*(?:$|[,.;\n+=])))",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^»\n]{1,60}»\s*(?:[x×х]\s?[0-9]{1,2}(?![0-9])|[0-9]{1,2}\s?шт\b\.?)", re.IGNORECASE)
_ASKED = re.compile(
    r"(?:сколько\s+(?:сто[ия]т|будут?|выйдет)|поч[её]м|какая\s+цена|how\s+much)[^.!\n]*$", re.IGNORECASE
)
"""«Сколько стоят 25 роз?» is a question, not an order."""
_NAMED = re.compile(
    r"(?<!\w)(?:(?:моно)?букет|композици[яюи]|корзин[ау]|набор|коробк[ау]|шар(?:ик)?|торт|ваза|bouquet|basket)\w*"
    r"(?:\s*(?:«[^»\n]{1,60}»|\"[^\"\n]{1,60}\"|\u201c[^\u201d\n]{1,60}\u201d))(?:\s*[x×х]?\s?[0-9]{1,2}\s?шт\b\.?)?",
    re.IGNORECASE,
)
_MIXED = re.compile(
    rf"(?<!\w)(?:моно)?(?:букет|микс|композици[яюи]|корзин[ау])\s+(?:из\s+)?{_COLOURED}{_FLOWER}(?:[\s,]+[0-9]{{1,3}}\s?шт(?:ук)?\b\.?)?(?!\s*[0-9])"
    rf"|(?<!\w)(?:корзин[ау]|набор|коробк[ау])\s+(?:с|из)\s+{_WORD}",
    re.IGNORECASE,
)
"""«букет роз», «микс из хризантем», «корзина с фруктами»."""
_SIZED = re.compile(
    rf"(?<!\w){_COLOURED}{_FLOWER}(?:\s+[\w«»]+){{0,4}}?\s*[:\u2013\u2014-]\s*[0-9]{{1,3}}\s*(?:шт(?:ук)?\b\.?|вет(?:ок|ки)\b)",
    re.IGNORECASE,
)
"""«Розы Эксплорер 70 см - 15 шт»."""
_LEFT_OVER = " \t-\u2013\u2014:=,;·|"
_COUNTED = re.compile(r"\W*[^\W\d_][^\d\n]*\s[0-9]{1,3}(?:\s*(?:шт|вет)\w*\.?)?\W*$")
_DASHES = ("-", "\u2013", "\u2014")
_ADDON = re.compile(r"открытк|card\b", re.IGNORECASE)


def read_goods(text: str) -> tuple[Line, ...]:
    """Reads the lines of a composition; a sum at the end of a line is what was paid for it.

    «15 шт» is part of the product's name, as on the marketplace; only «× 2» is a count of products.
    """
    pieces = (piece for line in text.splitlines() for part in line.split(";") for piece in _counted(part))
    return tuple(line for line in map(_line, pieces) if line is not None)


def _counted(line: str) -> list[str]:
    """Splits «хризантема 3, роза 7, гипсофила 2» into one line per counted flower."""
    clauses = re.split(r",\s+|\s+и\s+", line)
    return clauses if len(clauses) > 1 and all(map(_COUNTED.match, clauses)) else [line]


def is_goods_line(text: str) -> bool:
    """Whether a line without a label looks like one of a composition.

    After a bullet a count or a sum may stand anywhere in the line; without a bullet the line must end with
    one.
    """
    has_sum = any(start > 0 for _sum, start, _end in find_sums(text))
    is_counted = bool(_COUNT_BEHIND.search(text) or re.search(r"[0-9]\s*шт\b", text, re.IGNORECASE))
    return (bool(_BULLET.match(text)) and (has_sum or is_counted)) or _is_bare_line(text.strip())


def goods_places(text: str) -> list[tuple[int, int]]:
    """Where a sentence counts flowers («хочу 15 пионов», «розы красные, 25 штук») or names a bouquet."""
    found = [(match.start(), len(match[0].rstrip()) + match.start()) for match in _NAMED.finditer(text)]
    for match in (
        *_QUOTED.finditer(text),
        *_SIZED.finditer(text),
        *_MIXED.finditer(text),
        *_IN_WORDS.finditer(text),
        *_GIFTS.finditer(text),
    ):
        if not _ASKED.search(text[: match.start()]) and not any(
            start < match.end() and match.start() < end for start, end in found
        ):
            found.append((match.start(), match.start() + len(match[0].rstrip())))
    return sorted(found)


_WORDED_COUNT = re.compile(rf"(?<!\w){_COUNT_WORD}(?=\s+(?:шт|вет|стебл|бутон))", re.IGNORECASE)


def in_digits(name: str) -> str:
    """Writes counts as digits, which florists use: «пятнадцать белых роз» becomes «15 белых роз»."""
    name = _WORDED_COUNT.sub(lambda match: _leading_in_digits(match[0]), name)
    return _leading_in_digits(name)


def _leading_in_digits(name: str) -> str:
    words = name.split()
    count, taken = 0, 0
    for word in words:
        value = _COUNTS.get(word.casefold())
        if value is None or (count and value >= (count % 100 or 100)):
            break
        count, taken = count + value, taken + 1
    return " ".join([str(count), *words[taken:]]) if taken else name


def _is_bare_line(text: str) -> bool:
    if not text[:1].isalpha() or len(text) > _LONGEST_NAME or _NO_GOODS.match(text):
        return False
    sums = find_sums(text)
    name = text
    if sums and sums[-1][2] == len(text):
        name = text[: sums[-1][1]]
        if len(sums) == 1 and name.rstrip().endswith(_DASHES):
            return bool(name.strip(_LEFT_OVER))
    counted = name.rstrip(_LEFT_OVER)
    return bool(_PIECES_BEHIND.search(counted) or _COUNT_BEHIND.search(counted))


def _line(text: str) -> Line | None:
    name = _BULLET.sub("", text).strip()
    paid = None
    sums = find_sums(name)
    if sums:
        paid, start, end = sums[-1]
        behind = name[end:].strip(_LEFT_OVER + ".)")
        name = f"{name[:start].rstrip(_LEFT_OVER + '(')} {behind}".strip()
    count = 1
    for pattern in (_COUNT_BEHIND, _COUNT_BEFORE):
        match = pattern.search(name)
        if match and int(match[1]):
            count, name = int(match[1]), pattern.sub("", name)
            break
    name = name.strip(_LEFT_OVER)
    return Line(name, count, paid, is_addon=bool(_ADDON.match(name))) if name else None
