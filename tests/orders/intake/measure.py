"""Measures how well order messages are parsed, by comparing each field with the corpus's expected value.

`python -m tests.orders.intake.measure [tuned|held_out] [-v]` prints the rates.
"""

from __future__ import annotations

import html
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from orders.intake.order_text import Written, read_order
from orders.model.details import Details, Person, Window
from services.phones import phone_finder

CORPUS = Path(__file__).parent / "corpus"
FIELDS = ("window", "address", "recipient", "client", "to", "from", "goods", "sum", "card", "number", "note")
_FILLERS = frozenset(
    ("г", "город", "ул", "улица", "д", "дом", "кв", "квартира", "по", "адрес", "на", "пр-т", "б-р")
)


class Verdict(StrEnum):
    """`LEFT`: asked about, or kept in a note. `WRONG`: another value was taken. `LOST`: found nowhere."""

    RIGHT = "right"
    LEFT = "left"
    WRONG = "wrong"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Case:
    """A message and its expected fields."""

    name: str
    text: str
    now: datetime
    country: str
    expected: dict[str, str]

    def read(self) -> Written:
        return _read(self.text, self.now, self.country)


@cache
def _read(text: str, now: datetime, country: str) -> Written:
    """Cached for all tests."""
    return read_order(text, now, phone_finder(country))


@cache
def cases(half: str) -> list[Case]:
    """The cases of a file of the corpus."""
    source = (CORPUS / f"{half}.txt").read_text(encoding="utf-8")
    return [_case(block) for block in re.split(r"^=== ", source, flags=re.MULTILINE)[1:]]


def _case(block: str) -> Case:
    head, _, body = block.partition("\n")
    text, _, said = body.partition("\n---\n")
    name, *settings = head.split()
    values = {"now": "2026-11-30T12:00", "zone": "Europe/Moscow", "country": "RU"}
    values |= dict(setting.split("=", 1) for setting in settings)
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text).replace("\\t", "\t")
    pairs = (line.split(":", 1) for line in said.splitlines() if ":" in line)
    expected = {key.strip(): value.strip() for key, value in pairs}
    now = datetime.fromisoformat(values["now"]).replace(tzinfo=ZoneInfo(values["zone"]))
    return Case(name, text, now, values["country"], expected)


def judged(case: Case) -> Iterator[tuple[str, Verdict]]:
    """A verdict for each field that is expected or was filled."""
    written = case.read()
    details = written.details
    yield from _judged("window", case, _windows(case, written), case.expected.get("window", ""))
    for field, value in _plain_values(written).items():
        wanted = case.expected.get(field, "")
        allowed = [one.strip() for one in wanted.split("|")]
        if not value and "" in allowed:
            continue
        if not wanted:
            yield field, Verdict.WRONG
        elif not value:
            yield field, Verdict.LEFT if _in_notes(wanted, details) else Verdict.LOST
        else:
            is_right = any(_same(field, value, one) for one in allowed if one)
            yield field, Verdict.RIGHT if is_right else Verdict.WRONG
    for piece in filter(None, case.expected.get("note", "").split("; ")):
        yield "note", Verdict.RIGHT if _in_notes(piece, details) else Verdict.LOST


def _judged(field: str, case: Case, found: str, wanted: str) -> Iterator[tuple[str, Verdict]]:
    allowed = wanted.split(" | ") if wanted else []
    if not found and not allowed:
        return
    if found in {"", "asked"}:
        is_free = "ask" in allowed or all(":" not in one for one in allowed)
        yield field, Verdict.RIGHT if is_free else Verdict.LEFT
        return
    yield field, Verdict.RIGHT if found in [_written_out(one) for one in allowed] else Verdict.WRONG


def _written_out(wanted: str) -> str:
    """Reduce «-12:00» and «12:00-» to the one time in them."""
    return re.sub(r"^(\S+) -?([0-9:]+)-?$", r"\1 \2", wanted)


def _windows(case: Case, written: Written) -> str:
    window = written.details.window
    if window is None:
        return "asked" if written.windows else ""
    start, end = (moment.astimezone(case.now.tzinfo) for moment in (window.start, window.end))
    return _shown(case, start, end, window)


def _shown(case: Case, start: datetime, end: datetime, window: Window) -> str:
    day = f"{start:%d.%m}" if start.year == case.now.year else f"{start:%d.%m.%Y}"
    if window.start == window.end:
        return f"{day} {start:%H:%M}"
    is_same = start.date() == end.date()
    other = "" if is_same else f"{end:%d.%m} " if end.year == case.now.year else f"{end:%d.%m.%Y} "
    assert window.end - window.start < timedelta(days=1)
    return f"{day} {start:%H:%M}-{other}{end:%H:%M}"


def _plain_values(written: Written) -> dict[str, str]:
    details = written.details
    return {
        "address": details.address,
        "recipient": details.recipient.name,
        "client": details.client.name,
        "to": details.recipient.phone,
        "from": details.client.phone,
        "goods": "; ".join(f"{line.name}*{line.count}" for line in details.lines),
        "sum": f"{details.paid.minor / 100:.0f}" if details.paid else "",
        "card": details.card_text,
        "number": written.number,
    }


def _same(field: str, value: str, wanted: str) -> bool:
    if field == "goods":
        return _same_goods(value, wanted)
    if field in {"to", "from"}:
        return re.findall(r"\+[0-9]+", value) == re.findall(r"\+[0-9]+", wanted)
    return _tokens(value) == _tokens(wanted)


def _same_goods(value: str, wanted: str) -> bool:
    lines, wishes = value.split("; "), wanted.split("; ")
    return len(lines) == len(wishes) and all(map(_same_line, lines, wishes))


def _same_line(line: str, wish: str) -> bool:
    stem, _, count = wish.rpartition("*")
    name, _, counted = line.rpartition("*")
    numbers = re.findall(r"[0-9]+", name)
    in_words = {"двадцать одна": "21"}
    numbers += [number for words, number in in_words.items() if words in name]
    return stem.casefold() in name.casefold() and (
        count in {counted, *numbers} or (count == "1" and counted == "1")
    )


def _tokens(text: str) -> list[str]:
    return [word for word in re.findall(r"[\w-]+", text.casefold()) if word not in _FILLERS]


def _in_notes(wanted: str, details: Details) -> bool:
    """Whether the words occur in a note, the address, a name or a phone."""
    people: list[Person] = [details.client, details.recipient]
    notes = [details.client_note, details.payment_note, details.shop_note, details.courier_note]
    said = " ".join([*notes, details.address, *(f"{person.name} {person.phone}" for person in people)])
    said += " самовывоз" if details.delivery.value == "pickup" else ""
    words = re.findall(r"[^\W_]+", html.unescape(wanted).casefold().replace("добавочный", "доб"))
    there = re.findall(r"[^\W_]+", said.casefold().replace("добавочный", "доб"))
    return all(any(word in one for one in there) for word in words if word not in _FILLERS)


def rates(half: str) -> tuple[dict[str, Counter[Verdict]], list[str]]:
    """Verdicts by field, and a list of the faults."""
    found: dict[str, Counter[Verdict]] = {field: Counter() for field in FIELDS}
    faults: list[str] = []
    for case in cases(half):
        for field, verdict in judged(case):
            found[field][verdict] += 1
            if verdict is not Verdict.RIGHT:
                faults.append(f"{case.name} {field} {verdict}")
    return found, faults


def main() -> None:
    """Print a table, and with -v every fault."""
    halves = [half for half in ("tuned", "held_out") if half in sys.argv] or ["tuned", "held_out"]
    for half in halves:
        found, faults = rates(half)
        print(f"{half}: {len(cases(half))} messages")  # noqa: T201 - prints to a terminal
        for field, counts in {**found, "all": sum(found.values(), Counter())}.items():
            total = sum(counts.values()) or 1
            row = "  ".join(f"{verdict} {counts[verdict]:4}" for verdict in Verdict)
            print(f"  {field:10} {counts[Verdict.RIGHT] / total:5.0%}   {row}")  # noqa: T201
        if "-v" in sys.argv:
            _explain(half, faults)


def _explain(half: str, faults: list[str]) -> None:
    by_name = {case.name: case for case in cases(half)}
    for fault in faults:
        name, field, verdict = fault.split()
        case = by_name[name]
        written = case.read()
        value = {**_plain_values(written), "window": _windows(case, written)}.get(field, "")
        notes = f"{written.details.client_note!r} {written.details.payment_note!r}"
        wanted = case.expected.get(field)
        print(f"{name} {field} {verdict}: {value!r} for {wanted!r}; note {notes}; {case.text!r}")  # noqa: T201


if __name__ == "__main__":
    main()
