"""A composition as people write it: one line per product, «Пионы «Облако» 15 шт × 2 - 4 900 ₽»."""

from __future__ import annotations

import re

from orders.order import Line
from orders.written.sums import find_sums

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
_ENDING = r"(?:[аяуюыиейь]|ов|ев|ий|ия|ию|ии|ок|ек|ки|ка|ку|ой|ей|es|s)?"
_FLOWER = (
    r"(?:роз|пион|тюльпан|хризантем|гвоздич?|лили|ирис|ранункулюс|эустом|гортензи|альстромери|гербер|орхиде"
    r"|ромаш|подсолнух|мимоз|фрези|анемон|нарцисс|калл|гиацинт|rose|tulip|chrysanthemum|carnation|iris"
    rf"|peon(?:y|ie)){_ENDING}(?!\w)"
)
_COLOURED = r"(?:[^\W\d_]+(?:ых|их|ые|ие|ая|ые)\s+){0,2}"
_IN_WORDS = re.compile(
    rf"(?<![\w.,-])[0-9]{{1,3}}\s+{_COLOURED}{_FLOWER}"
    rf"|(?<!\w){_FLOWER}(?:\s+[^\W\d_]+(?:ые|ие|ая))?[\s,:-]{{0,3}}[0-9]{{1,3}}\s*(?:шт(?:ук)?\b|pcs\b)",
    re.IGNORECASE,
)
_LEFT_OVER = " \t-\u2013\u2014:=,;·|"
_DASHES = ("-", "\u2013", "\u2014")
_ADDON = re.compile(r"открытк|card\b", re.IGNORECASE)


def read_goods(text: str) -> tuple[Line, ...]:
    """The lines of a composition; a sum at the end of a line is what was paid for it.

    «15 шт» belongs to the product, as the marketplace names it; only «× 2» counts products.
    """
    pieces = (piece for line in text.splitlines() for piece in line.split(";"))
    return tuple(line for line in map(_line, pieces) if line is not None)


def is_goods_line(text: str) -> bool:
    """Whether a line without a label looks like one of a composition.

    One of a list says a count or a sum anywhere; without its bullet the line ends with them.
    """
    has_sum = any(start > 0 for _sum, start, _end in find_sums(text))
    is_counted = bool(_COUNT_BEHIND.search(text) or re.search(r"[0-9]\s*шт\b", text, re.IGNORECASE))
    return (bool(_BULLET.match(text)) and (has_sum or is_counted)) or _is_bare_line(text.strip())


def find_goods(text: str) -> list[str]:
    """Flowers that a sentence counts: «хочу 15 пионов», «розы красные, 25 штук»."""
    return [" ".join(match[0].split()) for match in _IN_WORDS.finditer(text)]


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
