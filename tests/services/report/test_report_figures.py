"""What stands in the pictures and the table is what the database says, and nothing of a client."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import typst
from openpyxl import load_workbook
from pypdf import PdfReader

from messages.i18n.texts import Translator
from messages.report.captions import caption
from messages.report.pictures import details, glance
from messages.report.tables import Listed, Sheet, sheets
from orders.report.spans import Period, day_span, report_span
from orders.steps import commands as do
from services.order.desk import Desk
from services.report.drawing import Drawing
from services.report.report_child import TEMPLATE
from services.report.reports import Reports
from storage.shop.shops import Shop
from storage.team.staff import Member
from tests.builders import MANAGER, a_window
from tests.services.report.asked import ask, compared, deliveries
from tests.services.report.shop_day import DAY, HOLIDAY, SHOP_RULES, USUAL, at_clock
from tests.services.workplace import Clock, an_incoming

RU = Translator("ru")
OF_CLIENTS = ("Игорь", "Мария", "+7916", "Лесная", "мама", "открытка?", "передумал", "нет пионов")
_SPACES = str.maketrans("\u202f\xa0", "  ")


def printed(data: dict[str, Any]) -> str:
    """The words that the template really draws: the same page as a PDF, read back."""
    pdf = typst.compile(
        TEMPLATE.read_bytes(), sys_inputs={"data": json.dumps(data)}, ignore_system_fonts=True
    )
    assert isinstance(pdf, bytes)
    [page] = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(page.extract_text().translate(_SPACES).split())


def roubles(kopecks: int) -> str:
    return f"{kopecks // 100:,} ₽".replace(",", " ")


def minutes(count: float) -> str:
    return f"{count:g} мин"


async def table_of(
    reports: Reports, viewer: Member, shop: Shop, period: Period = Period.DAY
) -> dict[str, list[list[Any]]]:
    """The sheets of the table, by name, without their headings."""
    tap = reports.first_tap(shop).model_copy(update={"period": period})
    file = await reports.table(viewer, shop, tap)
    book = load_workbook(io.BytesIO(file.data))
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book
    }


@pytest.mark.requirement("X10", "R13")
async def test_each_figure_of_the_pictures_is_what_the_database_says(
    reports: Reports, shop: Shop, people: dict[str, Member], clock: Clock, path: Path
) -> None:
    figures, _ = await reports.figures(people["Ирина"], shop, day_span(DAY, SHOP_RULES.zone))
    first = printed(glance(figures, shop.name, shop.rules, clock.now, RU))
    behind = printed(details(figures, shop.name, shop.rules, clock.now, RU))
    asked = ask(path, DAY)

    for words in (
        f"{asked.total} доставки",
        f"вручено {asked.done}",
        f"Приняли за {minutes(asked.median)}",
        f"позже срока {asked.overdue}, дольше всего {minutes(asked.slowest)}",
        f"Фото вовремя {asked.photos_in_time} из {asked.photos}",
        f"Вручили вовремя {asked.in_time} из {asked.to_deliver}",
        f"позже на 15+ мин {asked.late}, на 30+ {asked.very_late}",
        f"К выплате {roubles(asked.expected)}",
        f"пришло {roubles(asked.real)} за 2 заказа",
        f"обычный вторник, {len(USUAL)}",
    ):
        assert words in first, words
    hours = sorted(asked.by_hour)
    for hour in range(hours[0], hours[-1] + 1):
        bar = f"{asked.by_hour.get(hour, '')} {hour}".strip()
        assert bar in first, bar
    for words in (
        f"Пришло новых {asked.came} Принято {asked.accepted}",
        f"Фото понравилось {asked.liked} Просили поправить {asked.complained}",
        f"Оплатили клиенты {roubles(asked.paid)} Вернули клиентам {roubles(asked.refunds)}",
        f"Комиссия и эквайринг {roubles(asked.fees)} Ожидаем к выплате {roubles(asked.expected)}",
        f"Подарки {roubles(asked.gifts)} Расходы из-за сбоев {roubles(asked.costs)}",
        f"Просили компенсацию {roubles(asked.asked)}",
        "8 Марта 2026 Всего 44 заказа. Больше всего в 10:00: 8.",
    ):
        assert words in behind, words
    for name, (accepted, made, carried) in asked.by_person.items():
        done = " ".join(str(one) for one in (accepted, made, carried) if one)
        assert f"{name} {done}" in behind


@pytest.mark.requirement("X10", "R13")
async def test_the_table_holds_the_same_figures(
    reports: Reports, shop: Shop, people: dict[str, Member], path: Path
) -> None:
    sheets = await table_of(reports, people["Ирина"], shop)
    asked = ask(path, DAY)
    figures = {name: value for name, value, _unit in sheets["Итоги"]}

    assert (
        figures
        | {
            "Всего": asked.total,
            "Вручено": asked.done,
            "Пришло новых": asked.came,
            "Принято": asked.accepted,
            "Обычно за (медиана)": asked.median,
            "Дольше всего": asked.slowest,
            "Позже срока": asked.overdue,
            "Нужны фото": asked.photos,
            "Фото вовремя": asked.photos_in_time,
            "Фото понравилось": asked.liked,
            "Просили поправить": asked.complained,
            "Должны быть вручены": asked.to_deliver,
            "Вовремя": asked.in_time,
            "Позже на 15 мин и больше": asked.late,
            "Позже на 30 мин и больше": asked.very_late,
            "Оплатили клиенты": asked.paid / 100,
            "Вернули клиентам": asked.refunds / 100,
            "Комиссия и эквайринг": asked.fees / 100,
            "Ожидаем к выплате": asked.expected / 100,
            "Пришло по отчётам": asked.real / 100,
            "Подарки": asked.gifts / 100,
            "Расходы из-за сбоев": asked.costs / 100,
            "Просили компенсацию": asked.asked / 100,
        }
        == figures
    )
    assert {hour: count for hour, count, *_ in sheets["По часам"] if count} == asked.by_hour
    assert {hour: usual for hour, _, usual, _ in sheets["По часам"]}[12] == 2
    assert {name: tuple(rest) for name, *rest in sheets["Кто сколько"]} == asked.by_person
    orders = sheets["Заказы"]
    assert len(orders) == asked.total
    assert sum(row[10] or 0 for row in orders) == asked.expected / 100
    assert sum(row[5] >= 15 for row in orders if row[5] is not None) == asked.late


@pytest.mark.requirement("X10")
@pytest.mark.parametrize(
    ("period", "first"), [(Period.WEEK, date(2026, 3, 9)), (Period.MONTH, date(2026, 3, 1))]
)
async def test_a_week_and_a_month_are_counted_by_day(
    reports: Reports, shop: Shop, people: dict[str, Member], path: Path, period: Period, first: date
) -> None:
    sheets = await table_of(reports, people["Ирина"], shop, period)
    days = [first + timedelta(days=one) for one in range(7 if period is Period.WEEK else 31)]

    assert dict(sheets["По дням"]) == {day.isoformat(): deliveries(path, day) for day in days}
    assert dict(sheets["По дням"])["2026-03-10"] == 22


SPANS = (
    # the days compared, those before them, the day of the report, and a day whose pale bar is known
    (Period.WEEK, (date(2026, 3, 9), DAY), (date(2026, 3, 2), date(2026, 3, 3)), DAY, DAY),
    (Period.WEEK, (date(2026, 3, 9), date(2026, 3, 15)), (date(2026, 3, 2), HOLIDAY), date(2026, 3, 20), DAY),
    (
        Period.MONTH,
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        date(2026, 4, 2),
        date(2026, 3, 24),
    ),
)


@pytest.mark.requirement("X10")
async def test_a_week_and_a_month_stand_beside_the_one_before_as_the_database_says(
    reports: Reports, shop: Shop, people: dict[str, Member], path: Path, clock: Clock
) -> None:
    for period, now, before, at, pale in SPANS:
        clock.now = at_clock(at, time(20, 30))
        figures, sources = await reports.figures(
            people["Ирина"], shop, report_span(period, now[0], SHOP_RULES.zone)
        )
        then, these = compared(path, *before, clock.now), compared(path, *now, clock.now)
        listed = Listed(sources.due, sources.payouts, shop.rules, clock.now)
        [table] = [one for one in sheets(figures, listed, RU) if one.name == "Сравнение"]
        beside = {what: values[:2] for what, *values in table.rows[1:]}
        assert beside == {what: [then[what], these[what]] for what in then}
        assert figures.comparison is not None
        assert figures.comparison.by_day[pale] == len(USUAL)
        first = printed(glance(figures, shop.name, shop.rules, clock.now, RU))
        late = "Позже на 15 мин и больше"
        for words in (
            f"было {then['Фото вовремя']} из {then['Нужны фото']}",
            f"позже на 15+ мин {these[late]}, было {then[late]}",
            f"было {roubles(int(100 * then['Ожидаем к выплате']))}",
        ):
            assert words in first
        assert f"раньше {then['Заказов']} (" in caption(figures, shop.rules, clock.now, RU)


@pytest.mark.requirement("X10", "R63")
async def test_nothing_personal_of_a_client_stands_in_a_report(
    reports: Reports, shop: Shop, people: dict[str, Member], clock: Clock
) -> None:
    for name in ("Ирина", "Оля", "Пётр"):
        figures, _ = await reports.figures(people[name], shop, day_span(DAY, SHOP_RULES.zone))
        drawn = await reports.drawn(people[name], shop, reports.first_tap(shop))
        said = [
            printed(glance(figures, shop.name, shop.rules, clock.now, RU)),
            printed(details(figures, shop.name, shop.rules, clock.now, RU)),
            drawn.caption,
            str(await table_of(reports, people[name], shop)),
        ]
        assert [one for one in OF_CLIENTS if any(one in words for words in said)] == []


@pytest.mark.requirement("X10", "R13", "R14")
async def test_a_florist_and_a_courier_read_of_their_own_orders_only_and_of_no_money(
    reports: Reports, shop: Shop, people: dict[str, Member], clock: Clock
) -> None:
    for name, counted in (("Оля", "Собрано 22"), ("Пётр", "Доставлено 22")):
        figures, sources = await reports.figures(people[name], shop, day_span(DAY, SHOP_RULES.zone))
        first = printed(glance(figures, shop.name, shop.rules, clock.now, RU))
        sheets = await table_of(reports, people[name], shop)
        assert figures.money is None
        assert not sources.payouts
        assert counted in first
        assert "₽" not in first + str(sheets) + printed(
            details(figures, shop.name, shop.rules, clock.now, RU)
        )
        assert "Кто сколько" not in sheets
        assert [len(row) for row in sheets["Заказы"]] == [6] * figures.states.total
    nobodys, _ = await reports.figures(people["Вера"], shop, day_span(DAY, SHOP_RULES.zone))
    assert nobodys.is_empty


@pytest.mark.requirement("X10")
async def test_a_trial_order_counts_nowhere(
    reports: Reports, shop: Shop, people: dict[str, Member], desk: Desk, clock: Clock
) -> None:
    before = await table_of(reports, people["Ирина"], shop)
    for number in ("Пробный-1", "Trial-1"):
        window = a_window(clock.now)
        order = (await desk.receive(1, an_incoming(clock.now, number, window=window))).order
        await desk.do(order.id, do.Accept(), MANAGER)
    assert await table_of(reports, people["Ирина"], shop) == before


async def test_a_name_that_looks_like_a_formula_is_none(drawing: Drawing) -> None:
    content = await drawing.table([Sheet("Кто", (("Имя", "Собрано"), ("=1+1", 3)))])
    [_, [name, count]] = load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    assert (name.value, name.data_type, count.value) == ("=1+1", "s", 3)


@pytest.mark.requirement("X10")
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_an_empty_day_is_told_kindly(
    reports: Reports, shop: Shop, people: dict[str, Member], language: str
) -> None:
    tap = reports.first_tap(shop).model_copy(update={"day": DAY.toordinal() - 20})
    drawn = await reports.drawn(replace(people["Ирина"], language=language), shop, tap)
    assert {"ru": "Спокойный день", "en": "A quiet day"}[language] in drawn.caption
