"""`florist rehearse`: simulates a busy day with the shop's people and rules, and reports delays (X29)."""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import structlog
from rich.console import Console
from rich.progress import Progress

from bot.commands.backup import Answer
from bot.config.settings import CopySettings
from bot.rehearsal.company import Company, Speeds, built_in_company
from bot.rehearsal.house import empty_database
from bot.rehearsal.play import play
from bot.rehearsal.source import NothingToPlay, of_copy, of_database
from messages.i18n.texts import Translator
from messages.report.rehearsal import Parameters, rehearsal_picture
from orders.model.people import Role
from orders.rehearsal.planned import Planned, fullest_minutes, multiplied
from orders.rehearsal.score import Heard, Hour, Outcome, Score, breaks_first, by_hour, score
from services.health.clock import utc_now
from services.health.drawings import NotDrawn, drawn
from services.report.drawing import Drawing
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.db.owner_only import write_file

MORE = (Role.SELLER, Role.COURIER)
"""Roles for which the day is played again with one more person."""
NAMES = {Role.SELLER: "florist", Role.COURIER: "courier", Role.DIRECTOR: "director", Role.MANAGER: "manager"}
SPEEDS = Speeds()
PICTURE = Path("rehearsal.png")


@dataclass(frozen=True, slots=True)
class Plan:
    """The options of a rehearsal. `minutes`: play only the busiest minutes; None: the whole day.

    `picture`: the file to write; `language`: the picture's, None for the shop's.
    """

    times: float = 1
    minutes: float | None = None
    seed: int = 1
    built_in: bool = False
    copy: Path | None = None
    shop: str | None = None
    speeds: Speeds = SPEEDS
    picture: Path = PICTURE
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What was played, when it ended, and the result."""

    company: Company
    ended_at: datetime
    outcome: Outcome


async def rehearse(settings: CopySettings, plan: Plan, console: Console) -> Answer:
    """Play the day three times: with the shop's people, with one more florist, with one more courier."""
    if not plan.picture.absolute().parent.is_dir():
        return Answer(f"{plan.picture} cannot be written: there is no such folder.", is_well=False)
    with tempfile.TemporaryDirectory(prefix="florist-rehearsal-") as name, _quiet():
        folder = Path(name)
        try:
            company = await _company(settings, plan, folder)
        except (NothingToPlay, StorageError) as error:
            return Answer(str(error), is_well=False)
        planned = orders_of(company, plan)
        if not planned:
            return Answer("With so few orders there is nothing to play: take more --times.", is_well=False)
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("Playing the day", total=len(planned) * (1 + len(MORE)))
            rehearsed = await run(company, planned, plan, folder, lambda: progress.advance(task))
    answer = await draw(rehearsed, plan)
    return Answer("\n".join([*report(rehearsed, plan), "", answer.words]), is_well=answer.is_well)


async def draw(rehearsed: Rehearsed, plan: Plan) -> Answer:
    """Write the report as a picture of a phone's width, drawn in a child process.

    It names staff, so only the user who runs this may read the file.
    """
    drawing = Drawing()
    try:
        write_file(plan.picture, await drawn(drawing.picture(picture(rehearsed, plan))))
    except NotDrawn as error:
        return Answer(f"The picture could not be drawn ({error}).", is_well=False)
    except OSError as error:
        return Answer(f"{plan.picture} cannot be written: {error.strerror}.", is_well=False)
    finally:
        drawing.close()
    return Answer(f"The same as a picture: {plan.picture}")


def picture(rehearsed: Rehearsed, plan: Plan) -> Mapping[str, Any]:
    """The content of the picture."""
    company, speeds = rehearsed.company, asdict(plan.speeds)
    del speeds["carry"]
    parameters = Parameters(company.name, company.has_own_day, plan.times, plan.minutes, plan.seed, speeds)
    return rehearsal_picture(rehearsed.outcome, parameters, Translator(plan.language or company.language))


async def _company(settings: CopySettings, plan: Plan, folder: Path) -> Company:
    """Read the shop from `plan.copy`, else from the database; the built-in shop if there is no database."""
    if plan.copy is not None:
        return await of_copy(plan.copy, folder, plan.shop, utc_now(), built_in=plan.built_in)
    database = Database(settings.database_url)
    try:
        file = database.file
        if file is not None and not file.is_file():
            return built_in_company()
    finally:
        await database.close()
    return await of_database(settings.database_url, folder, plan.shop, built_in=plan.built_in)


def orders_of(company: Company, plan: Plan) -> list[Planned]:
    """The orders of the day; the same seed gives the same orders."""
    planned = multiplied(company.day, plan.times, Random(plan.seed).random)  # noqa: S311 - nothing secret
    return planned if plan.minutes is None else fullest_minutes(planned, plan.minutes)


async def run(
    company: Company, planned: Sequence[Planned], plan: Plan, folder: Path, advance: Callable[[], None]
) -> Rehearsed:
    """Play all variants, each in its own database in `folder`."""
    empty = await empty_database(folder)
    rules, ends = company.rules, list[Score]()
    played = await play(company, planned, plan.speeds, plan.seed, empty, advance, name="as_is", sends=True)
    for role in MORE:
        more = company.with_one_more(role)
        other = await play(more, planned, plan.speeds, plan.seed, empty, advance, name=role, sends=False)
        ends.append(score(other.orders, rules, other.ended_at))
    outcome = Outcome(
        score(played.orders, rules, played.ended_at),
        by_hour(played.orders, rules, played.ended_at),
        played.heard,
        dict(zip(MORE, ends, strict=True)),
    )
    return Rehearsed(company, played.ended_at, outcome)


def report(rehearsed: Rehearsed, plan: Plan) -> list[str]:
    """The lines of the printed report."""
    outcome = rehearsed.outcome
    table = "Hour of delivery  orders  accepted late  photo late  delivered late"
    return [
        *head(rehearsed.company, rehearsed.outcome.score.orders, plan),
        "",
        *_totals(rehearsed),
        "",
        _breaks(breaks_first(outcome.hours)),
        "",
        table,
        *map(_hour_line, outcome.hours),
        "",
        "What each person hears, their own chat and the group together:",
        *map(_heard_line, outcome.heard),
        "",
        *(_change(role, outcome.score, other) for role, other in outcome.with_more.items()),
    ]


def head(company: Company, count: int, plan: Plan) -> Iterator[str]:
    """The report's first lines: shop, day, number of orders, people and their speeds."""
    speeds = plan.speeds
    part = "" if plan.minutes is None else f", only its busiest {plan.minutes:g} minutes"
    orders = f"{count} orders, seed {plan.seed}."
    yield f"{company.name}: {company.source}, load x{plan.times:g}{part}; {orders}"
    roles = Counter(one.role for one in company.players)
    yield f"People: {', '.join(f'{NAMES[role]}s {count}' for role, count in roles.items())}."
    yield (
        f"Speeds, each up to 30 % more or less: accept {speeds.accept:g} s, assemble {speeds.assemble:g} s,"
        f" photo {speeds.photo:g} s, deliver {speeds.deliver:g} s and as long back."
    )
    yield (
        f"A trip takes up to {speeds.carry} orders, {company.rules.leg_minutes:g} min from one address to"
        f" the next. Clients answer the photo after {speeds.answer:g} s."
    )


def _totals(rehearsed: Rehearsed) -> Iterator[str]:
    found = rehearsed.outcome.score
    yield f"Accepted in time  {found.accepted_in_time} of {found.orders}"
    yield f"Photos in time    {found.photos_in_time} of {found.photos}"
    yield (
        f"Late deliveries   {found.late} of {found.deliveries} (by 15 min and more {found.late_15},"
        f" by 30 min and more {found.late_30}, the worst by {_minutes(found.worst_delay)})"
    )
    yield f"The last order was handed over at {_clock(rehearsed)}."


def _heard_line(one: Heard) -> str:
    return f"  {one.name} ({NAMES[one.role]}): sounds {one.sounds}, messages {one.messages}"


def _breaks(hour: Hour | None) -> str:
    if hour is None:
        return "No hour breaks: in none is a tenth of the orders late."
    what = hour.score
    return (
        f"Breaks first: {_span(hour)}, {hour.broken} of {what.orders} orders"
        f" (accepted late {what.accepted_late}, photo late {what.photos_late}, delivered late {what.late})."
    )


def _hour_line(hour: Hour) -> str:
    what = hour.score
    return (
        f"{_span(hour):<16}  {what.orders:>6}  {what.accepted_late:>13}  {what.photos_late:>10}"
        f"  {what.late:>14}{'  breaks' if hour.breaks else ''}"
    )


def _change(role: Role, before: Score, after: Score) -> str:
    return (
        f"One more {NAMES[role]}: accepted in time {before.accepted_in_time} -> {after.accepted_in_time},"
        f" photos in time {before.photos_in_time} -> {after.photos_in_time},"
        f" late deliveries {before.late} -> {after.late}."
    )


def _span(hour: Hour) -> str:
    return "no time" if hour.hour is None else f"{hour.hour:02}:00-{hour.hour + 1:02}:00"


def _clock(rehearsed: Rehearsed) -> str:
    return f"{rehearsed.ended_at.astimezone(rehearsed.company.rules.zone):%d.%m. %H:%M}"


def _minutes(span: timedelta) -> str:
    return f"{span.total_seconds() / 60:.0f} min"


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the log: it would hide the report, and its times are simulated."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        yield
    finally:
        structlog.configure(**before)
