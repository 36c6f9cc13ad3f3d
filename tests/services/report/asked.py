"""The figures that a report must show, computed from the database by SQL and JSON without project code."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Moscow")
_CLOSED = ("cancelled", "declined")


@dataclass(frozen=True, slots=True)
class Asked:
    """The figures of one day; sums in kopecks, waits in minutes."""

    total: int
    done: int
    came: int
    accepted: int
    median: float
    slowest: float
    overdue: int
    photos: int
    photos_in_time: int
    to_deliver: int
    in_time: int
    late: int
    very_late: int
    liked: int
    complained: int
    paid: int
    fees: int
    refunds: int
    expected: int
    real: int
    costs: int
    asked: int
    gifts: int
    by_hour: dict[int, int]
    by_person: dict[str, tuple[int, int, int]]


def ask(path: Path, day: date) -> Asked:
    """Figures of shop 1; a photo is due 55 minutes before the window, an acceptance after 15 minutes."""
    with sqlite3.connect(path) as c:
        every = [json.loads(row[0]) for row in c.execute("SELECT document FROM orders WHERE shop_id = 1")]
        payouts = dict(c.execute("SELECT number, sum(minor) FROM transactions GROUP BY number"))
        claims = [json.loads(row[0]) for row in c.execute("SELECT entries FROM compensations")]
    due = [one for one in every if _local(one["details"]["window"]["start"]).date() == day]
    came = [one for one in every if _local(one["placed_at"]).date() == day]
    going = [one for one in due if one["progress"]["status"] not in _CLOSED]
    waits = [_minutes(one["placed_at"], one["progress"]["accepted"]["at"]) for one in came if _accepted(one)]
    delays = [
        _minutes(one["details"]["window"]["end"], one["progress"]["completion"]["done"]["at"])
        for one in going
        if one["progress"]["completion"]
    ]
    sums = [_sums(one) for one in due]
    return Asked(
        total=len(due),
        done=sum(one["progress"]["status"] == "done" for one in due),
        came=len(came),
        accepted=len(waits),
        median=median(waits),
        slowest=max(waits),
        overdue=sum(wait > 15 for wait in waits),
        photos=len(going),
        photos_in_time=sum(map(_photo_in_time, going)),
        to_deliver=len(delays),
        in_time=sum(delay <= 0 for delay in delays),
        late=sum(delay >= 15 for delay in delays),
        very_late=sum(delay >= 30 for delay in delays),
        liked=sum(bool((one["progress"]["rating"] or {}).get("liked")) for one in due),
        complained=sum(any(photo["answers"] for photo in one["progress"]["photos"]) for one in due),
        paid=sum(one[0] for one in sums),
        fees=sum(one[1] for one in sums),
        refunds=sum(one[2] for one in sums),
        expected=sum(one[3] for one in sums),
        real=sum(payouts.get(one["number"], 0) for one in due),
        costs=_entries(claims, "cost"),
        asked=_entries(claims, "asked"),
        gifts=_entries(claims, "gift"),
        by_hour=dict(Counter(_local(one["details"]["window"]["start"]).hour for one in going)),
        by_person=_by_person(came, going),
    )


def deliveries(path: Path, day: date) -> int:
    """The number of orders of shop 1 due on this day, without cancelled and declined ones."""
    query = "SELECT document FROM orders WHERE shop_id = 1 AND status NOT IN ('cancelled', 'declined')"
    with sqlite3.connect(path) as c:
        every = [json.loads(row[0]) for row in c.execute(query)]
    return sum(_local(one["details"]["window"]["start"]).date() == day for one in every)


def compared(path: Path, first: date, last: date, now: datetime) -> dict[str, float]:
    """The figures compared between periods, for orders of shop 1 due from the first day to the last."""
    with sqlite3.connect(path) as c:
        every = [json.loads(row[0]) for row in c.execute("SELECT document FROM orders WHERE shop_id = 1")]
    due = [one for one in every if first <= _local(one["details"]["window"]["start"]).date() <= last]
    going = [one for one in due if one["progress"]["status"] not in _CLOSED]
    ends = [(_local(one["details"]["window"]["end"]), one["progress"]["completion"]) for one in going]
    delays = [(_local(done["done"]["at"]) if done else now) - end for end, done in ends]
    return {
        "Заказов": len(due),
        "Позже на 15 мин и больше": sum(delay >= timedelta(minutes=15) for delay in delays),
        "Нужны фото": len(going),
        "Фото вовремя": sum(bool(one["progress"]["photos"]) and _photo_in_time(one) for one in going),
        "Ожидаем к выплате": sum(_sums(one)[3] for one in due) / 100,
    }


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(ZONE)


def _minutes(since: str, until: str) -> float:
    return (_local(until) - _local(since)) / timedelta(minutes=1)


def _accepted(order: dict[str, Any]) -> bool:
    return order["progress"]["accepted"] is not None


def _photo_in_time(order: dict[str, Any]) -> bool:
    """Due 40 minutes of travel plus 15 for the answer before the window; if accepted later, by the window."""
    start = _local(order["details"]["window"]["start"])
    due = start - timedelta(minutes=55)
    due = due if due > _local(order["progress"]["accepted"]["at"]) else start
    return _local(order["progress"]["photos"][0]["taken"]["at"]) <= due


def _sums(order: dict[str, Any]) -> tuple[int, int, int, int]:
    """Paid, fees of 22.5 %, refund, expected payout."""
    paid = order["details"]["paid"]["minor"]
    status = order["progress"]["status"]
    if status in _CLOSED:
        return paid, 0, paid, 0
    fees = paid * 225 // 1000
    return paid, fees, 0, paid - fees


def _entries(claims: list[Any], kind: str) -> int:
    return sum(one["amount"]["minor"] for claim in claims for one in claim if one["kind"] == kind)


def _by_person(came: list[Any], going: list[Any]) -> dict[str, tuple[int, int, int]]:
    accepted = Counter(one["progress"]["accepted"]["name"] for one in came if _accepted(one))
    made = Counter(one["progress"]["seller"]["name"] for one in going)
    carried = Counter(one["progress"]["carrier"]["name"] for one in going)
    return {name: (accepted[name], made[name], carried[name]) for name in accepted | made | carried}
