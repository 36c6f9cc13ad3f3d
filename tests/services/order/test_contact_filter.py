from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.details import Line
from orders.model.order import Agreement, Mark, Proposal, Topic
from orders.model.people import Role, client_of
from orders.model.photo import Rating
from orders.model.rules import ShopRules
from orders.parsing.side_channels import HIDDEN
from orders.steps.commands import Accept, AnswerProposal, AssignSeller, AttachPhoto, Cancel, Command, Rate
from services.client.client_context import scene_of
from services.client.clients import Clients
from services.order.contact_filter import as_client_reads, has_hidden, of_client, without_side_channels
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.sending.outbox import Channel, Kind, Priority, Row
from tests.builders import MANAGER, NOON, an_order, some_details
from tests.services.workplace import Clock

RULES = ShopRules()
ABROAD = ShopRules(timezone="Asia/Tbilisi", country="GE")


@pytest.mark.requirement("R62")
@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Звоните +7 916 123-45-67 после шести", "Звоните ••• после шести"),
        ("мой номер 8(916)1234567", "мой номер •••"),
        ("мой 9161234567, жду", "мой •••, жду"),
        ("8 9 1 6 1 2 3 4 5 6 7 звоните", "••• звоните"),
        ("8-9-1-6-1-2-3-4-5-6-7", "•••"),
        ("из Киева 380501234567", "из Киева •••"),
        ("+٧٩١٦١٢٣٤٥٦٧", "•••"),
        ("8\u200b916\u200b123\u200b45\u200b67", "•••"),
        ("8️⃣9️⃣1️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣", "•••"),
        ("восемь девятьсот шестнадцать сто двадцать три сорок пять", "•••"),
        ("плюс семь девятьсот 16, сто двадцать три", "•••"),
        ("пишите @igor_flowers", "пишите •••"),
        ("пишите ＠igor_flowers", "пишите •••"),
        ("тг igor_flowers", "•••"),
        ("мой WhatsApp: igor.flowers", "мой •••"),
        ("вот https://t.me/igor и wa.me/79161234567", "вот ••• и •••"),
        ("сайт igor-flowers.ru/zakaz", "сайт •••"),
        ("цветы.рф", "•••"),
        ("почта igor@mail.example.com, жду", "почта •••, жду"),
    ],
)
def test_what_leads_past_the_orders_chat_is_left_out(words: str, left: str) -> None:
    hidden = without_side_channels(words, RULES)
    assert hidden == left
    assert has_hidden(words, hidden)


@pytest.mark.requirement("R62")
@pytest.mark.parametrize("words", ["555 12 34 56", "995555123456", "+995 555 12-34-56", "8 916 123-45-67"])
def test_a_shop_abroad_knows_its_own_numbers_and_the_marketplaces(words: str) -> None:
    assert without_side_channels(f"мой {words}", ABROAD) == "мой •••"


@pytest.mark.requirement("R62")
@pytest.mark.parametrize(
    "words",
    [
        "Лесная 5, кв 12, домофон 12К",
        "заказ 25836184, к 14:00",
        "25 роз за 4900 ₽, 8 марта",
        "перенесите на 01.12.2026 14.00-15.00",
        "ул.Ленина, д.5, корп.2",
        "в тг не пишите, звоните в домофон",
        "пять роз, две гортензии и одна веточка",
        "доплата 1 000 ₽, всего 12 500 ₽",
        "",
    ],
)
def test_addresses_times_and_sums_stay(words: str) -> None:
    assert without_side_channels(words, RULES) == words
    assert not has_hidden(words, words)


LEAKS = (
    "8 916 123-45-67",
    "+7 916 123 45 67",
    "555 12 34 56",
    "@igor_flowers",
    "t.me/igor",
    "igor@mail.ru",
    "восемь девятьсот шестнадцать сто двадцать три",
)


@pytest.mark.requirement("R62", "R63")
@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize(
    "command", [Rate(liked=False, complaint="{}"), AnswerProposal(1, agreed=True, words="{}"), Cancel("{}")]
)
def test_nothing_that_a_client_asks_for_carries_a_way_round_the_chat(command: Command, leak: str) -> None:
    field = {Rate: "complaint", AnswerProposal: "words", Cancel: "reason"}[type(command)]
    wish = replace(command, **{field: f"так: {leak}"})  # type: ignore[arg-type]
    assert getattr(of_client(wish, ABROAD), field) == f"так: {HIDDEN}"


@pytest.mark.requirement("R62", "R63")
@pytest.mark.parametrize("leak", LEAKS)
def test_nothing_of_the_order_that_the_client_reads_carries_one(leak: str) -> None:
    mark = Mark(NOON, Role.MANAGER, 2, "Анна")
    line = Line(f"Розы {leak}")
    order = an_order()
    order = replace(
        order,
        details=replace(order.details, lines=(line,)),
        progress=replace(order.progress, rating=Rating(False, f"Цвет {leak}", mark, 1)),
        agreements=(
            Agreement(1, Proposal(Topic.THIRD_PERSON, f"Соседке {leak}"), mark),
            Agreement(2, Proposal(Topic.SUBSTITUTION, leak, replaced=line, replacement=line), mark),
        ),
    )
    assert leak not in repr(as_client_reads(order, ABROAD))
    assert leak in repr(order)


@pytest.mark.requirement("R62", "R63")
@pytest.mark.parametrize("leak", LEAKS[:2])
async def test_the_desk_keeps_no_way_round_the_chat_of_a_client_and_shows_a_client_none(
    desk: Desk, database: Database, clock: Clock, leak: str
) -> None:
    details = some_details(lines=(Line(f"Розы {leak}"),))
    order = (await desk.receive(1, Incoming("25836184", NOON, details, {"id": 1}))).order
    for step in (Accept(), AssignSeller(3, "Оля"), AttachPhoto("ab" * 32, "p/1.jpg")):
        await desk.do(order.id, step, MANAGER)
    clients = Clients(database, clock, "secret")
    await clients.open(await clients.link(order.id, MANAGER), 1004, "ru")
    await desk.do(order.id, Rate(liked=False, complaint=f"Цвет, {leak}"), client_of(order.id))
    rated = await desk.look(order.id, MANAGER)
    assert rated.progress.rating is not None
    assert rated.progress.rating.complaint == f"Цвет, {HIDDEN}"
    row = Row(
        channel=Channel.TELEGRAM,
        kind=Kind.CLIENT_CARD,
        order_id=order.id,
        priority=Priority.CARD,
        not_before=NOON,
        target=1004,
        id=1,
        attempts=0,
        created_at=NOON,
    )
    scene = await scene_of(row, database, NOON)
    assert scene is not None
    assert [line.name for line in scene.order.details.lines] == [f"Розы {HIDDEN}"]
