"""A composition as people write it: one line per product, «Пионы «Облако» 15 шт × 2 - 4 900 ₽»."""

from __future__ import annotations

import re

from orders.order import Line
from orders.written.sums import find_sums

_BULLET = re.compile(r"^[\s\u2022*\u25aa\u25ab\u00b7\ufe0f\u2013\u2014-]+|^\s*[0-9]{1,2}[.)]\s+")
_COUNT_BEHIND = re.compile(r"[\s,]*[×xх*]\s*([0-9]{1,3})\s*(?:шт\.?|pcs\.?)?\s*$", re.IGNORECASE)
_COUNT_BEFORE = re.compile(r"^\s*([0-9]{1,3})\s*[×xх]\s+", re.IGNORECASE)
_LEFT_OVER = " \t-\u2013\u2014:=,;·|"
_ADDON = re.compile(r"открытк|card\b", re.IGNORECASE)


def read_goods(text: str) -> tuple[Line, ...]:
    """The lines of a composition; a sum at the end of a line is what was paid for it.

    «15 шт» belongs to the product, as the marketplace names it; only «× 2» counts products.
    """
    pieces = (piece for line in text.splitlines() for piece in line.split(";"))
    return tuple(line for line in map(_line, pieces) if line is not None)


def is_goods_line(text: str) -> bool:
    """Whether a line without a label looks like one of a composition."""
    has_sum = any(start > 0 for _sum, start, _end in find_sums(text))
    is_counted = bool(_COUNT_BEHIND.search(text) or re.search(r"[0-9]\s*шт\b", text, re.IGNORECASE))
    return bool(_BULLET.match(text)) and (has_sum or is_counted)


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
