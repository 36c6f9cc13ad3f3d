"""Tables with one row for each member of a closed set, such as each class of commands.

A missing, duplicate or unexpected row stops the start, so that no button can turn out to be dead later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class WrongTable(Exception):  # noqa: N818 - names what is wrong, like the errors of settings
    """A table does not have exactly one row for each member of its set."""


def whole_table(keys: Iterable[Key], rows: Iterable[tuple[Key, Value]]) -> Mapping[Key, Value]:
    """Returns the rows as a mapping. Raises WrongTable unless there is exactly one row for each key."""
    pairs = list(rows)
    counts, wanted = Counter(key for key, _ in pairs), frozenset(keys)
    wrong = {
        "missing": wanted - counts.keys(),
        "doubled": {key for key, count in counts.items() if count > 1},
        "strange": counts.keys() - wanted,
    }
    told = [f"{how}: {', '.join(sorted(map(str, found)))}" for how, found in wrong.items() if found]
    if told:
        raise WrongTable("; ".join(told))
    return dict(pairs)
