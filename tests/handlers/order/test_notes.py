"""What is said about an order goes to that order, and is answered by a reaction (X19)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendVoice, SetMessageReaction
from aiogram.types import (
    BufferedInputFile,
    Chat,
    InlineKeyboardMarkup,
    Message,
    PhotoSize,
    Sticker,
    Update,
    User,
    Voice,
)

from bot.rehearsal.counting_telegram import ME
from handlers.frame.dialogue import Question, Waiting
from messages.callbacks.order import Do, Tap
from orders.model.delivery_facts import Remark, RemarkKind
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.refusals import Reason
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.delivery_events import Remarked
from storage.order import cards
from storage.team import staff
from tests.builders import DIRECTOR as CHIEF
from tests.handlers.conftest import AT, DIRECTOR, Shop
from tests.pictures import a_jpeg
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X19")

FLORIST, COURIER = 200, 300
PHOTO = [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]
VOICE = Voice(file_id="v", file_unique_id="v", duration=7, file_size=4)
STICKER = Sticker(
    file_id="s", file_unique_id="s", type="regular", width=1, height=1, is_animated=False, is_video=False,
    emoji="🌷",
)  # fmt: skip
_cards = count(500)


async def hire(shop: Shop, role: Role, telegram_id: int, name: str) -> Actor:
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, f"+79160000{telegram_id:03}", name, role)
        await staff.connect(c, member.staff_id, telegram_id, "ru", name)
    return Actor(role, member.staff_id, name, shop_id=1)


@pytest.fixture
async def florist(shop: Shop) -> Actor:
    return await hire(shop, Role.SELLER, FLORIST, "Оля")


@pytest.fixture
async def courier(shop: Shop) -> Actor:
    return await hire(shop, Role.COURIER, COURIER, "Пётр")


async def given(shop: Shop, seller: Actor, *further: do.Command) -> Order:
    """An order that the florist assembles."""
    desk, staff_id = shop.app.services.desk, seller.staff_id
    assert staff_id is not None
    order = await receive(desk, datetime.now(UTC))
    for command in (do.Accept(), do.AssignSeller(staff_id, seller.name), *further):
        order = await desk.do(order.id, command, CHIEF)
    return order


async def card_of(shop: Shop, order: Order, chat: int = FLORIST) -> dict[str, Any]:
    """A message of the bot that shows the order, as what is answered."""
    number = next(_cards)
    async with shop.app.database.write() as c:
        await cards.put_message(c, order.id, chat, number)
    kind = "private" if chat > 0 else "supergroup"
    message = Message(message_id=number, date=AT, chat=Chat(id=chat, type=kind), from_user=ME, text="Заказ")
    return {"reply_to_message": message}


async def notes_of(shop: Shop, order: Order) -> tuple[Remark, ...]:
    return (await shop.app.services.desk.look(order.id, CHIEF)).remarks


async def says(shop: Shop, person: int = FLORIST, **what: Any) -> tuple[list[str], bool]:  # noqa: ANN401 - any part of a message
    """What the bot says to it, and whether it put its reaction under it."""
    shop.wire.calls = []
    user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
    chat = what.pop("chat", Chat(id=person, type="private"))
    is_edit = what.pop("edited", False)
    number = what.pop("number", next(_cards))
    message = Message(message_id=number, date=AT, chat=chat, from_user=user, **what)
    new, edited = (None, message) if is_edit else (message, None)
    update = Update(update_id=number, message=new, edited_message=edited)
    await shop.app.dispatcher.feed_update(shop.app.bot, update)
    reacted = any(isinstance(call, SetMessageReaction) for call in shop.wire.calls)
    return shop.wire.said(), reacted


async def test_what_answers_a_card_becomes_a_note_answered_by_a_reaction(shop: Shop, florist: Actor) -> None:
    first, _ = await given(shop, florist), await given(shop, florist)
    shop.wire.content = b"OggS"
    card = await card_of(shop, first)
    for what in ({"text": "клиент просил белую ленту"}, {"voice": VOICE}, {"sticker": STICKER}):
        assert await says(shop, **what, **card) == ([], True)
    notes = await notes_of(shop, first)
    assert [(one.kind, one.words, one.said.name) for one in notes] == [
        (RemarkKind.TEXT, "клиент просил белую ленту", "Оля"),
        (RemarkKind.VOICE, "", "Оля"),
        (RemarkKind.STICKER, "🌷", "Оля"),
    ]
    assert await shop.app.services.notes.file(notes[1]) == b"OggS"
    assert notes[1].seconds == 7


async def test_a_voice_message_is_heard_again_also_when_telegram_has_it_no_more(
    shop: Shop, florist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await given(shop, florist)
    shop.wire.content = b"OggS"
    await says(shop, voice=VOICE, **await card_of(shop, order))
    sent: list[object] = []
    answer = shop.wire._answer  # noqa: SLF001

    def once(bot: Any, method: Any) -> object:  # noqa: ANN401 - any call of the Bot API
        if isinstance(method, SendVoice):
            sent.append(method.voice)
            if method.voice == "v":
                raise TelegramBadRequest(method, "Bad Request: wrong file identifier")
        return answer(bot, method)

    monkeypatch.setattr(shop.wire, "_answer", once)
    await shop.hears(FLORIST, data=Tap(do=Do.NOTES, order=order.id).pack())
    assert sent[0] == "v"
    assert isinstance(sent[1], BufferedInputFile)
    assert sent[1].data == b"OggS"


async def test_words_that_name_an_order_go_there_whole_or_by_its_last_digits(
    shop: Shop, florist: Actor
) -> None:
    first, second = await given(shop, florist), await given(shop, florist)
    assert await says(shop, text=f"{first.number}: белую ленту") == ([], True)
    assert await says(shop, text=f"по {second.number[-4:]} нет роз") == ([], True)
    assert [one.words for one in await notes_of(shop, first)] == ["белую ленту"]
    assert [one.words for one in await notes_of(shop, second)] == ["нет роз"]


async def asked_why(shop: Shop, order: Order) -> None:
    """The florist wants to leave with it, and is asked why there is no photo."""
    asked = Question(order.id, do.Dispatch(by_self=True), Reason.PHOTO_REASON_NEEDED, datetime.now(UTC))
    await shop.stands(FLORIST, str(Waiting.words.state), json.dumps(asked.dump()))


async def test_what_is_said_of_another_order_answers_no_open_question(shop: Shop, florist: Actor) -> None:
    leaving, other = await given(shop, florist), await given(shop, florist)
    await asked_why(shop, leaving)
    assert await says(shop, text="торт помялся", **await card_of(shop, other)) == ([], True)
    assert await says(shop, text=f"{other.number} розы привяли") == ([], True)
    assert [one.words for one in await notes_of(shop, other)] == ["торт помялся", "розы привяли"]
    assert (await shop.app.services.desk.look(leaving.id, CHIEF)).status is Status.ACCEPTED
    await says(shop, text=f"клиент так хочет, как у {other.number}")
    assert (await shop.app.services.desk.look(leaving.id, CHIEF)).status is not Status.ACCEPTED


async def test_of_more_orders_than_are_listed_the_note_names_its_own(shop: Shop, florist: Actor) -> None:
    for _ in range(7):
        await given(shop, florist)
    [asked], _ = await says(shop, text="пионов не хватает")
    assert "Нужного нет? Напишите ещё раз с номером заказа." in asked


async def test_with_one_order_in_hand_nothing_is_asked_and_with_two_it_is(shop: Shop, florist: Actor) -> None:
    first = await given(shop, florist)
    assert await says(shop, text="роза сломалась") == ([], True)
    second = await given(shop, florist)
    asked, reacted = await says(shop, text="пионов не хватает")
    assert asked == ["К какому заказу это записать?"]
    assert not reacted
    [markup] = shop.wire.buttons
    assert isinstance(markup, InlineKeyboardMarkup)
    data = next(row[0].callback_data for row in markup.inline_keyboard if second.number in row[0].text)
    original = Message(
        message_id=900, date=AT, chat=Chat(id=FLORIST, type="private"), text="пионов не хватает"
    )
    assert f"Записано к заказу {second.number}." in await shop.hears(
        FLORIST, data=data, reply_to_message=original
    )
    assert [one.words for one in await notes_of(shop, second)] == ["пионов не хватает"]
    assert [one.words for one in await notes_of(shop, first)] == ["роза сломалась"]


async def test_an_edit_corrects_the_note(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    await says(shop, text="белую ленту", number=700)
    assert await says(shop, text="синюю ленту", number=700, edited=True) == ([], True)
    assert [one.words for one in await notes_of(shop, order)] == ["синюю ленту"]


async def test_an_open_question_keeps_its_answer(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    question = Question(order.id, do.Undo(""), Reason.REASON_NEEDED, datetime.now(UTC))
    await shop.stands(FLORIST, str(Waiting.words.state), json.dumps(question.dump()))
    said, reacted = await says(shop, sticker=STICKER)
    assert said
    assert not reacted
    assert await notes_of(shop, order) == ()  # neither the answer nor a note: it is said in words
    await says(shop, text="не тот заказ", **await card_of(shop, order))
    assert await notes_of(shop, order) == ()


@pytest.mark.requirement("X3")
@pytest.mark.parametrize("is_asked_again", [False, True], ids=["", "and the next question is open"])
async def test_an_answer_that_telegram_repeats_is_no_note_and_answers_nothing_else(
    shop: Shop, florist: Actor, *, is_asked_again: bool
) -> None:
    other, order = await given(shop, florist), await given(shop, florist)
    question = Question(order.id, do.Cancel(""), Reason.REASON_NEEDED, datetime.now(UTC))
    await shop.stands(DIRECTOR, str(Waiting.words.state), json.dumps(question.dump()))
    await says(shop, DIRECTOR, text="не смогли собрать", number=800)
    assert (await shop.app.services.desk.look(order.id, CHIEF)).status is Status.CANCELLED
    if is_asked_again:
        await shop.hears(DIRECTOR, data=Tap(do=Do.DECLINE_YES, order=other.id).pack())
    said, _reacted = await says(shop, DIRECTOR, text="не смогли собрать", number=800)
    assert [other.number in one for one in said] == [True] * is_asked_again  # it is asked again
    assert await notes_of(shop, other) == ()
    assert (await shop.app.services.desk.look(other.id, CHIEF)).status is Status.ACCEPTED
    await says(shop, DIRECTOR, text="не смогли собрать", number=801)
    is_open = (await shop.app.services.desk.look(other.id, CHIEF)).status is Status.ACCEPTED
    assert is_open is not is_asked_again


async def test_nobody_notes_on_an_order_that_is_not_theirs(
    shop: Shop, florist: Actor, courier: Actor
) -> None:
    order = await given(shop, florist)
    said, reacted = await says(shop, COURIER, text="я заберу", **await card_of(shop, order, COURIER))
    assert said
    assert not reacted
    assert await notes_of(shop, order) == ()


async def test_where_reactions_are_refused_a_short_answer_comes_instead(
    shop: Shop, florist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await given(shop, florist)
    answer = shop.wire._answer  # noqa: SLF001

    def refuse(bot: Any, method: Any) -> object:  # noqa: ANN401 - any call of the Bot API
        if isinstance(method, SetMessageReaction):
            raise TelegramBadRequest(method, "Bad Request: REACTION_INVALID")
        return answer(bot, method)

    monkeypatch.setattr(shop.wire, "_answer", refuse)
    said, _ = await says(shop, text="белую ленту", **await card_of(shop, order))
    assert said == ["Записано к заказу."]


async def test_in_the_group_only_an_answer_to_an_orders_message_is_a_note(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    group = Chat(id=-500, type="supergroup")
    assert await says(shop, chat=group, text=f"{order.number} беру") == ([], False)
    assert await says(shop, chat=group, text="беру", **await card_of(shop, order, -500)) == ([], True)
    assert [one.words for one in await notes_of(shop, order)] == ["беру"]


async def test_keys_of_the_menu_and_commands_are_no_notes(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    for text in ("Сотрудники", "Продавец", "/unknown"):
        said, _ = await says(shop, text=text)
        assert len(said) == 1
    assert await notes_of(shop, order) == ()


async def test_a_question_without_number_or_reply_is_no_note(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    for text in ("А где мой заказ?", "где мои букеты", "Какие заказы на сегодня?"):
        said, reacted = await says(shop, text=text)
        assert (said[0].startswith("<b>Заказы · сегодня"), reacted) == (True, False)
    for text in ("Код домофона не подходит, что делать?", "сколько ленты брать"):
        said, reacted = await says(shop, text=text)
        assert (said[0].startswith("Это вопрос, к заказу он не записан."), reacted) == (True, False)
    assert await notes_of(shop, order) == ()
    for what in ({"text": "пионов нет, можно розы?", **await card_of(shop, order)}, {"text": "лента белая"}):
        assert await says(shop, **what) == ([], True)
    assert [one.words for one in await notes_of(shop, order)] == ["пионов нет, можно розы?", "лента белая"]


async def test_what_names_nothing_is_answered_in_one_line(shop: Shop, florist: Actor) -> None:
    for what in ({"text": "как дела"}, {"voice": VOICE}, {"sticker": STICKER}):
        said, _ = await says(shop, **what)
        assert said == ["Не понял. Чтобы найти заказ, напишите его номер, слово из названия букета или имя."]


PHRASES = (
    "клиент просил белую ленту",
    "Код домофона не подходит, что делать?",
    "никого нет, звонок не отвечает",
    "опаздываю минут на десять",
    "пионов не хватает, можно розы?",
    "открытку подписали?",
    "букет готов",
    "клиент перезвонил, ждёт до 15:00",
    "Ленина 3, не нашёл подъезд",
    "соседка Катя заберёт, кв. 14",
    "спасибо, понял",
    "доплата 300 за ленту",
)
"""What people wrote under a card or about an order, and read «Не понял» to it."""


async def test_nothing_said_of_an_order_is_not_understood(shop: Shop, florist: Actor, courier: Actor) -> None:
    assert courier.staff_id is not None
    order = await given(shop, florist, do.AssignCourier(courier.staff_id, courier.name))
    await given(shop, florist)
    misunderstood = []
    for who in (DIRECTOR, FLORIST, COURIER):
        card = await card_of(shop, order, who)
        for text in PHRASES:
            for what in ({"text": text, **card}, {"text": f"{order.number} {text}"}):
                said, reacted = await says(shop, who, **what)
                if said or not reacted:
                    misunderstood.append((who, text, said))
    assert misunderstood == []
    kept = await shop.app.services.desk.history(order.id, CHIEF)
    assert len([1 for _, event in kept if isinstance(event, Remarked)]) == 6 * len(PHRASES)


async def test_a_picture_with_words_is_asked_about_and_kept_as_what_it_is(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    shop.wire.content = a_jpeg("#d6336c")
    answer = await card_of(shop, order)
    said, _ = await says(shop, photo=PHOTO, caption="роза сломана", **answer)
    assert said == [f"Заказ {order.number}: это фото букета или заметка?"]
    [markup] = [one for one in shop.wire.buttons if isinstance(one, InlineKeyboardMarkup)]
    [as_photo, as_note] = markup.inline_keyboard[0]
    assert (as_photo.text, as_note.text) == ("Фото букета", "Заметка")
    original = Message(
        message_id=901, date=AT, chat=Chat(id=FLORIST, type="private"), photo=PHOTO, caption="роза сломана"
    )
    await shop.hears(FLORIST, data=as_note.callback_data, reply_to_message=original)
    [note] = await notes_of(shop, order)
    assert (note.kind, note.words) == (RemarkKind.PICTURE, "роза сломана")
    assert await shop.app.services.notes.file(note) == shop.wire.content
    assert not (await shop.app.services.desk.look(order.id, CHIEF)).progress.photos


async def test_of_an_album_one_answer_is_for_all_its_pictures(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    said, data = list[str](), None
    for colour, caption in (("#d6336c", f"{order.number} роза сломана"), ("#228be6", None)):
        shop.wire.content = a_jpeg(colour)
        said += (await says(shop, photo=PHOTO, caption=caption, media_group_id="7"))[0]
        markups = [one for one in shop.wire.buttons if isinstance(one, InlineKeyboardMarkup)]
        data = markups[0].inline_keyboard[0][1].callback_data if markups else data
    assert said == [f"Заказ {order.number}: это фото букета или заметка?"]
    await shop.hears(FLORIST, data=data)
    assert [one.kind for one in await notes_of(shop, order)] == [RemarkKind.PICTURE, RemarkKind.PICTURE]
    assert not (await shop.app.services.desk.look(order.id, CHIEF)).progress.photos


async def test_a_bare_picture_stays_the_photo_while_one_is_due(shop: Shop, florist: Actor) -> None:
    order = await given(shop, florist)
    shop.wire.content = a_jpeg("#d6336c")
    await says(shop, photo=PHOTO, **await card_of(shop, order))
    assert len((await shop.app.services.desk.look(order.id, CHIEF)).progress.photos) == 1
    assert await notes_of(shop, order) == ()


async def test_a_picture_of_an_order_that_takes_no_photo_is_a_note(shop: Shop, florist: Actor) -> None:
    desk = shop.app.services.desk
    order = await receive(desk, datetime.now(UTC))
    shop.wire.content = a_jpeg("#d6336c")
    answer = await card_of(shop, order, DIRECTOR)
    assert await says(shop, DIRECTOR, photo=PHOTO, caption="так просит клиент", **answer) == ([], True)
    [note] = await notes_of(shop, order)
    assert (note.kind, note.words) == (RemarkKind.PICTURE, "так просит клиент")
