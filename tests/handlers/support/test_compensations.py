from __future__ import annotations

import stat
from pathlib import Path

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile, Document, PhotoSize

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import ClaimDo, ClaimTap, GuideDo, GuideTap
from orders.model.money import Money
from orders.model.order import Order
from orders.model.people import Role
from orders.steps import commands as do
from services.shop.erasure import Erasure
from storage.support import compensations
from tests.handlers.support.conftest import Bot, Seen
from tests.pictures import a_jpeg

ACCEPT = (do.Accept(), Role.DIRECTOR)
SEEN_BY_ALL = 0o077
A_PDF = b"%PDF-1.4 receipt"


def of(order: Order, do_: ClaimDo = ClaimDo.OPEN) -> str:
    return ClaimTap(do=do_, shop=1, order=order.id).pack()


async def send_photo(bot: Bot, caption: str = "", album: str | None = None) -> Seen:
    size = PhotoSize(file_id="F", file_unique_id="f", width=1, height=1)
    return await bot.send(Role.MANAGER, photo=[size], caption=caption or None, media_group_id=album)


async def send_pdf(bot: Bot, content: bytes = A_PDF) -> Seen:
    bot.wire.content = content
    document = Document(file_id="D", file_unique_id="d", file_name="чек.pdf", mime_type="application/pdf")
    return await bot.send(Role.MANAGER, document=document)


async def proof(bot: Bot, order: Order) -> str:
    await bot.press(Role.MANAGER, Tap(do=Do.HISTORY_FILE, order=order.id).pack())
    [call] = [call for call in bot.wire.calls if isinstance(call, SendDocument)]
    assert isinstance(call.document, BufferedInputFile)
    return call.document.data.decode()


@pytest.mark.requirement("R88")
async def test_costs_receipts_the_sum_the_answer_and_the_payment_are_one_claim_and_one_file(
    bot: Bot, tmp_path: Path
) -> None:
    order = await bot.order(ACCEPT)
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-courier").pack()
    opened = await bot.press(Role.MANAGER, (await bot.press(Role.MANAGER, situation)).data("Компенсация"))
    assert "приложите чеки" in opened.text
    await bot.press(Role.MANAGER, opened.data("Расход и чек"))
    bot.wire.content = a_jpeg()
    assert "Чек сохранён" in (await send_photo(bot)).text
    noted = await bot.say(Role.MANAGER, "такси <b>450</b> ₽")
    assert "Расход: 450" in noted.text
    assert "&lt;b&gt;" in noted.text
    assert "1 файл" in noted.text
    await bot.press(Role.MANAGER, noted.data("Расход и чек"))
    bare = await bot.say(Role.MANAGER, "коробка 100,50 ₽")
    assert "Без чека: 1" in bare.text
    both = await send_pdf(bot)
    assert "Без чека" not in both.text
    assert "Расходы: 550,50" in both.text.replace("\u202f", "")
    asked = await bot.press(Role.MANAGER, both.data("Просим вернуть"))
    assert "По расходам выходит 550,50" in asked.text
    assert "несколько сумм" in (await bot.say(Role.MANAGER, "450 ₽ и 100 ₽")).text
    wanted = await bot.say(Role.MANAGER, "550,50 за доставку своими силами")
    case = await bot.press(Role.MANAGER, wanted.data("Написать в поддержку"))
    assert "Просим компенсировать 550,50 ₽." in case.text
    await bot.press(Role.MANAGER, case.data("Отправлено"))
    await bot.press(Role.MANAGER, wanted.data("Выплатили или отказали"))
    assert "Не вижу суммы" in (await bot.say(Role.MANAGER, "пришло")).text
    paid = await bot.say(Role.MANAGER, "550,50")
    assert "Вопрос закрыт" in paid.text
    page = await proof(bot, order)
    assert "Просим компенсировать 550,50 ₽" in page
    assert page.count("data:image/jpeg;base64,") == 1
    assert page.count("data:application/pdf;base64,") == 1
    assert "Расходы: 550,50" in page
    files = [one for one in (tmp_path / "photos").rglob("*") if one.is_file()]
    assert len(files) == 2
    assert not any(stat.S_IMODE(one.stat().st_mode) & SEEN_BY_ALL for one in files)


@pytest.mark.requirement("R88")
async def test_the_month_lists_them_with_its_sums_and_a_mistake_is_taken_out(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.DIRECTOR, of(order, ClaimDo.COST))
    noted = await bot.say(Role.DIRECTOR, "такси 450 ₽")
    await bot.press(Role.DIRECTOR, of(order, ClaimDo.ASKED))
    await bot.say(Role.DIRECTOR, "300")
    cases = await bot.press(Role.DIRECTOR, GuideTap(do=GuideDo.CASES, shop=1).pack())
    month = await bot.press(Role.DIRECTOR, cases.data("Компенсации по месяцам"))
    assert "Расходы 450 ₽ · просили 300 ₽ · выплачено -" in month.text.replace("\u202f", " ")
    assert f"{order.number} · расходы 450\u202f₽" in month.text
    before = await bot.press(Role.DIRECTOR, month.data("← Месяц раньше"))
    assert "ничего не просили" in before.text
    gone = await bot.press(Role.DIRECTOR, noted.data("Убрать последнее"))
    assert "Просим" not in gone.text
    await bot.press(Role.DIRECTOR, of(order, ClaimDo.PAID))
    assert "Отказали: нет оснований, отказ" in (await bot.say(Role.DIRECTOR, "нет оснований, отказ")).text


@pytest.mark.requirement("R88", "X3")
async def test_a_cost_that_telegram_repeats_is_counted_once(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.DIRECTOR, of(order, ClaimDo.COST))
    for _ in range(2):
        await bot.send(Role.DIRECTOR, text="такси 450 ₽", message_id=90_000)
    claim = await bot.app.services.compensations.of_order(order.id, bot.actors[Role.DIRECTOR])
    assert claim is not None
    assert [entry.words for entry in claim.valid] == ["такси 450 ₽"]


async def test_an_album_of_receipts_is_one_cost_with_one_answer(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, of(order, ClaimDo.COST))
    for colour, caption in (("#111111", "такси 450 ₽"), ("#222222", ""), ("#333333", "")):
        bot.wire.content = a_jpeg(colour)
        seen = await send_photo(bot, caption, "album")
        assert bool(seen.text) is bool(caption)
    async with bot.app.database.snapshot() as c:
        claim = await compensations.of_order(c, order.id)
    assert claim is not None
    [entry] = claim.entries
    assert (entry.amount, len(entry.receipts)) == (Money(45_000), 3)


async def test_a_receipt_with_words_of_its_own_belongs_to_the_cost_that_was_just_written(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, of(order, ClaimDo.COST))
    await bot.say(Role.MANAGER, "такси 450 ₽")
    bot.wire.content = a_jpeg()
    seen = await send_photo(bot, "чек за дорогу туда")
    assert "Без чека" not in seen.text
    async with bot.app.database.snapshot() as c:
        claim = await compensations.of_order(c, order.id)
    assert claim is not None
    [entry] = claim.entries
    assert (entry.amount, len(entry.receipts)) == (Money(45_000), 1)
    assert entry.words == "такси 450 ₽ чек за дорогу туда"


async def test_what_is_no_receipt_is_refused_and_the_question_stays_open(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, of(order, ClaimDo.COST))
    assert "фото или PDF" in (await send_pdf(bot, b"MZ no pdf")).text
    assert "450 ₽" in (await bot.say(Role.MANAGER, "такси 450 ₽")).text


async def test_neither_sellers_nor_couriers_nor_a_group_read_or_write_it(bot: Bot) -> None:
    order = await bot.order(ACCEPT, (do.AssignSeller(3, "Оля"), Role.DIRECTOR))
    for who in (Role.SELLER, Role.COURIER):
        for wish in ClaimDo:
            seen = await bot.press(who, of(order, wish))
            assert (seen.text, bool(seen.toast)) == ("", True), (who, wish)
    assert "Компенсация" not in (await bot.press(Role.MANAGER, of(order), "group")).text
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-courier").pack()
    assert "Компенсация" not in (await bot.press(Role.SELLER, situation)).labels


@pytest.mark.requirement("R63", "R88")
async def test_erasing_an_order_takes_words_and_receipts_and_leaves_the_sums(
    bot: Bot, tmp_path: Path
) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, of(order, ClaimDo.COST))
    bot.wire.content = a_jpeg()
    await send_photo(bot, "такси до Лесной 5: 450 ₽")
    await bot.desk.do(order.id, do.Cancel(), bot.actors[Role.DIRECTOR])
    services = bot.app.services
    erasure: Erasure = services.erasure
    await erasure.erase(bot.actors[Role.DIRECTOR], [order.id])
    assert [one for one in (tmp_path / "photos").rglob("*") if one.is_file()] == []
    async with bot.app.database.snapshot() as c:
        claim = await compensations.of_order(c, order.id)
    assert claim is not None
    assert [(one.words, one.receipts, one.amount) for one in claim.entries] == [("", (), Money(45_000))]


@pytest.mark.requirement("R93")
async def test_closed_cases_are_found_with_all_that_was_sent_and_their_result(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    tap = GuideTap(do=GuideDo.SUPPORT, shop=1, order=order.id, key="no-courier").pack()
    case = await bot.press(Role.MANAGER, tap)
    await bot.press(Role.MANAGER, case.data("Отправлено"))
    await bot.press(Role.MANAGER, case.data("Закрыть обращение"))
    await bot.say(Role.MANAGER, "вернули 400 ₽")
    cases = await bot.press(Role.MANAGER, GuideTap(do=GuideDo.CASES, shop=1).pack())
    closed = await bot.press(Role.MANAGER, cases.data("Закрытые обращения"))
    assert "вернули 400 ₽" in closed.text
    one = await bot.press(Role.MANAGER, closed.data(f"Обращение {order.number}"))
    assert "✅ Отправлено:" in one.text
    assert "Закрыто:" in one.text
    assert "Файл с доказательствами" in one.labels
    theirs = await bot.press(Role.COURIER, closed.data(f"Обращение {order.number}"))
    assert (theirs.text, bool(theirs.toast)) == ("", True)
