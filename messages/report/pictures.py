"""The two pictures of a report as data for the template (X10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.report import charts
from messages.report.rows import compared_rows, said, sections
from messages.report.tiles import tiles
from messages.report.titles import days_said, period, title
from messages.ui.formatting import clock
from orders.model.rules import ShopRules
from orders.report.comparison import Comparison
from orders.report.figures import Figures, Worker
from orders.report.spans import Period, ReportSpan

SHOP = 24
PERSON = 18
MOST_PEOPLE = 8

Picture = dict[str, Any]


def glance(figures: Figures, shop: str, rules: ShopRules, now: datetime, t: Translator) -> Picture:
    """At most one phone screen: how many orders, how well, when."""
    shown = _head(figures, shop, rules, now, t)
    if figures.is_empty:
        return shown | {"kind": t.plain(kind_words(figures.span, rules, now, own=figures.own))}
    count = figures.states.total
    chart = _main_chart(figures, t)
    return shown | {
        "count": str(count),
        "noun": t.plain("summary-orders" if figures.own else "summary-deliveries", count=count),
        "states": states_said(figures, t),
        "tiles": tiles(figures, t),
        "charts": [chart] if any(one["size"] for one in chart["bars"]) else [],
    }


def details(figures: Figures, shop: str, rules: ShopRules, now: datetime, t: Translator) -> Picture:
    """Every figure by name, each person's figures, the hours, and the last 8 March."""
    shown = _head(figures, shop, rules, now, t)
    if figures.is_empty:
        return shown | {"kind": t.plain(kind_words(figures.span, rules, now, own=figures.own))}
    is_day = figures.span.period is Period.DAY  # a day's hours are in the first picture
    drawn = [charts.hours_chart(figures, t)] if figures.by_hour and not is_day else []
    if figures.holiday is not None and figures.holiday_day is not None:
        drawn.append(charts.holiday_chart(figures.holiday, figures.holiday_day, t))
    return shown | {
        "sections": [
            {
                "title": t.plain(f"summary-section-{one.key}"),
                "rows": [
                    {"label": t.plain(f"summary-row-{row.key}"), "value": said(row.value, t)}
                    for row in one.rows
                    if row.is_something
                ],
            }
            for one in sections(figures)
            if any(row.is_something for row in one.rows)
        ],
        "people": [
            *([_compared(figures.comparison, t)] if figures.comparison else []),
            *([_people(figures.workers, t)] if figures.workers else []),
        ],
        "charts": drawn,
    }


def kind_words(span: ReportSpan, rules: ShopRules, now: datetime, *, own: bool) -> str:
    """The key of the text for days without orders."""
    if own:
        return "summary-kind-own"
    if span.period is not Period.DAY:
        return "summary-kind-span"
    is_ahead = span.first > now.astimezone(rules.zone).date()
    return "summary-kind-ahead" if is_ahead else "summary-kind-day"


def states_said(figures: Figures, t: Translator) -> str:
    """«вручено 21 · в работе 2», without zeros."""
    states = figures.states
    counted = (
        ("done", states.done),
        ("under-way", states.under_way),
        ("cancelled", states.cancelled),
        ("declined", states.declined),
        ("came", came_beside(figures)),
    )
    return " · ".join(t.plain(f"summary-{key}", count=count) for key, count in counted if count)


def came_beside(figures: Figures) -> int:
    """How many orders were placed in these days, where it is another number than of those delivered in them.

    The report counts by the day of delivery: of fifteen accepted today two may be due today.
    """
    came = figures.acceptance.came
    return 0 if figures.own or came == figures.states.total else came


def _head(figures: Figures, shop: str, rules: ShopRules, now: datetime, t: Translator) -> Picture:
    """The common head of both pictures; all other fields are empty."""
    days = period(figures.span, t)
    if figures.span.holds(now):
        days = t.plain("summary-period-so-far", period=days, clock=clock(now, rules.zone))
    return {
        "language": t.language,
        "title": title(figures.span, now.astimezone(rules.zone).date(), t, own=figures.own),
        "period": days,
        "shop": clean(shop, SHOP),
        "count": "",
        "noun": "",
        "states": "",
        "kind": "",
        "tiles": [],
        "sections": [],
        "people": [],
        "charts": [],
    }


def _main_chart(figures: Figures, t: Translator) -> charts.Chart:
    is_day = figures.span.period is Period.DAY
    return charts.hours_chart(figures, t) if is_day else charts.days_chart(figures, t)


def _compared(found: Comparison, t: Translator) -> dict[str, Any]:
    """The figures of the previous week or month next to the present ones."""
    return {
        "title": t.plain(f"summary-compared-{found.days.period.value}"),
        "columns": [days_said(found.days, t), t.plain("summary-column-now")],
        "rows": [
            {"name": t.plain(f"summary-compared-{key}"), "values": [said(before, t), said(now, t)]}
            for key, before, now in compared_rows(found)
        ],
    }


def _people(workers: tuple[Worker, ...], t: Translator) -> dict[str, Any]:
    """The people with the most orders; the table has all."""
    rows = [_person(clean(one.name, PERSON), [one]) for one in workers[:MOST_PEOPLE]]
    if more := workers[MOST_PEOPLE:]:
        rows.append(_person(t.plain("summary-people-more", count=len(more)), more))
    return {
        "title": t.plain("summary-section-people"),
        "columns": [t.plain(f"summary-people-{one}") for one in ("accepted", "assembled", "delivered")],
        "rows": rows,
    }


def _person(name: str, several: Sequence[Worker]) -> dict[str, Any]:
    sums = (
        sum(one.accepted for one in several),
        sum(one.assembled for one in several),
        sum(one.delivered for one in several),
    )
    return {"name": name, "values": [_number(one) for one in sums]}


def _number(count: int) -> str:
    return str(count) if count else ""
