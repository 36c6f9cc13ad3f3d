"""Tables with one row for each step, event or button: without any row the program does not start."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping
from enum import StrEnum

import pytest

from orders.model import tables
from orders.model.tables import WrongTable, whole_table

TABLES = (
    "orders.steps.flow",
    "orders.bell.table",
    "messages.order.history.history",
    "messages.ui.available_actions",
    "storage.db.serial",
)


class _Left(StrEnum):
    NONE = "none"


@pytest.mark.parametrize("module", TABLES)
def test_without_any_one_row_of_its_table_a_module_cannot_be_loaded(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    importlib.import_module(module)  # and with it the tables of others
    for row in range(_rows_of(module, monkeypatch)):
        monkeypatch.setattr(tables, "whole_table", _without(row))
        with pytest.raises(WrongTable, match=r"^missing: "):
            _load_again(module)


def test_a_row_given_twice_and_one_that_belongs_to_nothing_are_named() -> None:
    with pytest.raises(WrongTable, match=r"^doubled: none; strange: some$"):
        whole_table(_Left, [(_Left.NONE, 1), (_Left.NONE, 2), ("some", 3)])


def _rows_of(module: str, monkeypatch: pytest.MonkeyPatch) -> int:
    counts: list[int] = []

    def counted(keys: Iterable[object], rows: Iterable[tuple[object, object]]) -> Mapping[object, object]:
        pairs = list(rows)
        counts.append(len(pairs))
        return whole_table(keys, pairs)

    monkeypatch.setattr(tables, "whole_table", counted)
    _load_again(module)
    (count,) = counts
    assert count > 1
    return count


def _load_again(module: str) -> None:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def _without(row: int) -> object:
    def shortened(keys: Iterable[object], rows: Iterable[tuple[object, object]]) -> Mapping[object, object]:
        pairs = list(rows)
        return whole_table(keys, pairs[:row] + pairs[row + 1 :])

    return shortened
