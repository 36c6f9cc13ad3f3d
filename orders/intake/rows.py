"""Rows of a sheet from the clipboard: cells separated by tabs, « | » or wide gaps."""

from __future__ import annotations

import re

from orders.intake.labels import is_label

_TAB = re.compile(r"\t+")
_BAR = re.compile(r"\s*\|\s*")
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_SEMICOLON = re.compile(r"\s*;\s*")
_COUNT = re.compile(r"(?:кол-?\s?во|количество|qty|quantity|count)\.?", re.IGNORECASE)
_MANY = 4
"""From this number of cells on, a line without any label is a row."""


def by_lines(text: str) -> str:
    """Puts every cell on a line of its own, after its label if it has one."""
    rows = [_cells(line) for line in text.split("\n")]
    found: list[str] = []
    heads: list[str] = []
    for cells in rows:
        if len(cells) > 1 and all(is_label(cell) or _COUNT.fullmatch(cell) for cell in cells):
            heads = cells
        elif heads and len(cells) == len(heads) and any(map(_COUNT.fullmatch, heads)):
            found.append(_product(heads, cells))
        elif heads and len(cells) > 1:
            found += [f"{head}: {cell}" for head, cell in zip(heads, cells, strict=False) if cell]
            found += cells[len(heads) :]
        else:
            found += _row(cells)
    return "\n".join(found)


def _product(heads: list[str], cells: list[str]) -> str:
    """Turns a row of a table of goods into a line of a composition."""
    count = next(cell for head, cell in zip(heads, cells, strict=True) if _COUNT.fullmatch(head))
    rest = " - ".join(
        cell for head, cell in zip(heads, cells, strict=True) if cell and not _COUNT.fullmatch(head)
    )
    name, dash, price = rest.rpartition(" - ")
    return f"Состав: {name or price} × {count}{dash and f' - {price}'}"


def _cells(line: str) -> list[str]:
    for pattern in (_TAB, _BAR, _GAP):
        cells = [cell.strip() for cell in pattern.split(line.strip().strip("|"))]
        is_table = pattern is _TAB or len(cells) >= _MANY or is_label(cells[0]) or "|" in line
        if len(cells) > 1 and is_table:
            return cells
    cells = _SEMICOLON.split(line)
    return cells if len(cells) >= _MANY and not any(":" in cell[:20] for cell in cells[1:2]) else [line]


def _row(cells: list[str]) -> list[str]:
    if len(cells) > 1 and is_label(cells[0].partition(":")[0]) and cells[0].partition(":")[2].strip():
        return [" ".join(filter(None, cells))]
    if len(cells) > 1 and is_label(cells[0]):
        value = " ".join(cell for cell in cells[1:] if cell)
        return [f"{cells[0].rstrip(' :')}: {value}"]
    return [cell for cell in cells if cell] if len(cells) > 1 else cells
