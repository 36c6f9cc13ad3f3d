"""The cabinet's money report, sent to the bot: what it comes to, and what it says of each order (R13)."""

from __future__ import annotations

import pytest

from messages.callbacks.money import ReportPart, ReportsTap, ReportTap
from messages.callbacks.order import Do
from sandbox.driver import SeenMessage
from storage.money import transactions
from tests.scenarios.goods_steps import open_shop
from tests.scenarios.stage import ON_BOTH, Stage
from tests.scenarios.steps import NO_BUTTON, force, forge, history, plain
from tests.sheets import a_report, a_workbook, paid_order, report_row, with_part

GONE = "Этого отчёта здесь нет. Пришлите файл ещё раз."


async def send(stage: Stage, person: str, content: bytes, name: str = "report.xlsx") -> SeenMessage:
    """Send a file, and read the bot's answer to it."""
    sent = await stage.driver.document(person, content, name=name)
    return await stage.driver.wait_message(person, lambda seen: seen.reply_to_message_id == sent.message_id)


async def kept_minor(stage: Stage, number: str) -> int | None:
    database = stage.database()
    async with database.snapshot() as c:
        found = await transactions.payout(c, 1, number)
    await database.close()
    return found.minor if found else None


@ON_BOTH
async def test_a_report_is_held_against_the_orders_and_counts_once(stage: Stage) -> None:
    right, wrong = await stage.assigned("florist"), await stage.accepted("director")
    content = a_report(
        *paid_order(right),
        *paid_order(int(wrong), commission=1102),
        *paid_order("77777777", paid=100, commission=20, acquiring=2),
        report_row(None, "Withdrawal", -5000),
        report_row(right, "Штраф за опоздание", -300),
        report_row("", "Fee", -1),
    )
    told = await send(stage, "director", content)
    text = plain(told)
    assert "Операций учтено: 9.\n" in text
    assert "Выплат магазину, к заказам не относятся: 1." in text
    assert "Незнакомых операций, не учтены: 1 («Штраф за опоздание» 1)" in text
    assert "Не удалось прочитать строк: 1 (в файле 13)." in text
    assert "Заказов найдено: 2, не найдено: 1\nМагазину по отчётам: 7 600 ₽" in text
    assert f"{wrong}: ожидали 3 822 ₽, пришло 3 700 ₽, разница −122 ₽" in text
    assert right not in text

    await stage.driver.press("director", told.message_id, "Не найдены: 1")
    missing = await stage.driver.wait_message("director", containing="Нет в боте: 77777777")
    assert missing.message_id == told.message_id
    await stage.driver.press("director", told.message_id, "← К расхождениям")
    mark = await stage.driver.mark()
    await stage.choose("director", wrong, f"{wrong} · ")
    card = await stage.driver.wait_message("director", containing="По отчёту магазину", since=mark)
    assert "По отчёту магазину: 3 700 ₽, разница с расчётом −122 ₽" in plain(card)

    again = await send(stage, "manager", content)
    assert "Операций учтено: 0, были учтены раньше: 9." in plain(again)
    overlapping = a_report(
        *paid_order(wrong, commission=1102), report_row(wrong, "Compensation for applied discount", 122)
    )
    third = await send(stage, "manager", overlapping)
    assert "Операций учтено: 1, были учтены раньше: 3." in plain(third)
    assert "У 1 заказа выплата сходится с расчётом." in plain(third)
    assert [await kept_minor(stage, number) for number in (right, wrong)] == [382_200, 382_200]

    await history(stage, "manager", right)
    told_history = await stage.driver.wait_message("manager", containing="По отчётам маркетплейса")
    sums = "оплачено 4 900 ₽ · комиссия −980 ₽ · эквайринг −98 ₽ · магазину 3 822 ₽"
    assert f"По отчётам маркетплейса: {sums}" in plain(told_history)
    await stage.stop_bot()
    await stage.start_bot()
    shop = await open_shop(stage)
    await stage.driver.press("director", shop.message_id, "Отчёты о деньгах")
    listed = await stage.driver.wait_message("director", containing="Отчёты о деньгах: 2")
    (newest, oldest, back) = listed.button_texts
    assert back == "← Магазин"
    assert " · 4 операции · " in newest
    assert " · 9 операций · " in oldest
    await stage.driver.press("director", listed.message_id, oldest)
    again = await stage.driver.wait_message(
        "director", containing="были учтены раньше: 9", since=listed.event_id
    )
    assert again.message_id == listed.message_id
    await stage.driver.press("director", listed.message_id, "Не найдены: 1")
    await stage.driver.wait_message("director", containing="Нет в боте: 77777777", since=again.event_id)
    await stage.driver.press("director", listed.message_id, "← Все отчёты")
    await stage.driver.wait_message("director", containing="Отчёты о деньгах: 2", since=again.event_id)


@pytest.mark.requirement("R13")
async def test_money_is_for_chiefs_alone_whatever_is_sent_or_pressed(stage: Stage) -> None:
    number = await stage.assigned("florist")
    content = a_report(*paid_order(number))
    for person in ("florist", "courier"):
        refused = await send(stage, person, content)
        assert refused.text == "Отчёты и прайс-листы принимают директор и менеджер."
    assert await kept_minor(stage, number) is None

    await stage.driver.wait_message("director", containing="собирает Оля", chat="group")
    told = await send(stage, "manager", content)
    assert "выплата сходится" in told.text
    for person in ("florist", "courier"):
        for part in ReportPart:
            assert (await forge(stage, person, ReportTap(report=1, part=part).pack())).text == NO_BUTTON
        assert (await forge(stage, person, ReportsTap().pack())).text == NO_BUTTON
    assert (await forge(stage, "director", ReportTap(report=2).pack())).text == GONE
    assert (await forge(stage, "director", "mr:1:differences:99999999")).text == NO_BUTTON
    for do in (Do.OPEN, Do.HISTORY):
        await force(stage, "florist", number, do)
    assert "₽" not in (await stage.card("florist", number)).text
    group = await stage.driver.messages("director", "group")
    await stage.driver.document("director", content, name="report.xlsx", chat="group")
    await forge(stage, "director", ReportTap(report=1).pack(), "group")
    await stage.driver.text("director", number)
    assert [m for m in await stage.driver.messages("director", "group") if m.from_bot] == [
        m for m in group if m.from_bot
    ]


async def test_files_that_are_no_report_are_answered_by_what_is_wrong(stage: Stage) -> None:
    report = a_report(*paid_order("1"))
    answers = {
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"): "Файл защищён паролем",
        report[:500]: "Файл не открывается",
        b"number;sum": "Такой файл бот не читает",
        a_workbook([("Имя", "Телефон")]): "В файле нет знакомых столбцов",
        with_part(report, {"xl/media/a.bin": b"\x00" * (65 * 1024 * 1024)}): "внутри он намного больше",
        b"PK\x03\x04" + b"\x00" * (20 * 1024 * 1024): "Файл больше 20 МБ",
    }
    for content, words in answers.items():
        told = await send(stage, "director", content)
        assert words in told.text
    assert "Операций учтено: 3." in (await send(stage, "director", report, "Отчёт за март.XLSX")).text
