"""Common steps of the shop's people in scenarios, and helpers to read what they see."""

from __future__ import annotations

from messages.callbacks.order import Do, Tap
from orders.model.status import Status
from sandbox.driver import SeenChat, SeenMessage, Toast
from sandbox.driver.wire import PATIENCE
from sandbox.marketplace.categories import Category
from sandbox.marketplace.goods import Product, main
from tests.pictures import a_jpeg
from tests.sandbox.tools import eventually
from tests.scenarios.finding import is_board, newest
from tests.scenarios.stage import STAFF, Stage

NO_BUTTON = "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
_NO_BUTTONS = (NO_BUTTON, "This button is not for you, or it is out of date. Open the order again.")


def plain(message: SeenMessage) -> str:
    """The text with plain spaces instead of narrow ones."""
    return message.text.replace("\u202f", " ")


async def step(stage: Stage, person: str, number: str, button: str) -> Toast:
    """Press a step of the card, directly or behind «Ещё…», without waiting before «Ещё…»."""
    return await stage.tap(person, number, button, 0)


async def menu(stage: Stage, person: str, number: str, button: str, containing: str) -> SeenMessage:
    """Press a button that replaces the card by a menu; returns the menu."""
    await stage.tap(person, number, button)
    return await stage.driver.wait_message(
        person, lambda message: number in message.text, containing=containing
    )


async def force(stage: Stage, person: str, number: str, do: Do, arg: str = "", chat: str = "bot") -> Toast:
    """Send a callback that the person's card does not offer, as from an old message or an attacker."""
    order = await stage.order(number)
    return await forge(stage, person, Tap(do=do, order=order.id, arg=arg).pack(), chat)


async def forge(stage: Stage, person: str, data: str, chat: str = "bot") -> Toast:
    """Send a callback with any data, as if from the bot's newest message.

    If that message is deleted meanwhile, it uses the next one.
    """
    while True:
        messages = await stage.driver.messages(person, chat)
        standing = (m for m in reversed(messages) if m.from_bot and not m.deleted)
        last = next(message for message in standing if not is_board(message))
        toast = await stage.driver.forge(person, last.message_id, data, chat)
        is_known = toast.text not in _NO_BUTTONS
        if is_known or not (await stage.driver.message(person, last.message_id, chat)).deleted:
            return toast


async def assert_refused(stage: Stage, person: str, number: str, do: Do, reason: str, arg: str = "") -> None:
    """Check that the step is refused with this reason and that the order does not change."""
    before = await stage.left_by_staff(number)
    toast = await force(stage, person, number, do, arg)
    assert (toast.text or "").startswith(reason), f"{do}: {toast.text!r}"
    assert await stage.left_by_staff(number) == before


async def question(stage: Stage, person: str, number: str) -> SeenMessage:
    """The open question about an order."""
    return await stage.driver.wait_message(
        person, lambda seen: number in seen.text and bool({"Отмена", "Cancel"} & set(seen.button_texts))
    )


async def choose_answer(stage: Stage, person: str, number: str, words: str) -> Toast:
    """Press a ready answer, on the newest message that has it: the previous question may still be shown."""
    asked = await stage.driver.wait_message(
        person, lambda seen: number in seen.text and words in seen.button_texts
    )
    return await stage.driver.press(person, asked.message_id, words)


async def write_answer(stage: Stage, person: str, number: str, words: str) -> SeenMessage:
    """Answer the open question by text; returns the bot's next message."""
    asked = await question(stage, person, number)
    written = await stage.driver.text(person, words)
    assert written.message_id > asked.message_id
    return await stage.driver.wait_message(person, lambda seen: seen.message_id > written.message_id)


async def seen(stage: Stage, person: str, number: str, containing: str) -> SeenMessage:
    """Wait for an order's card that contains this, with or without buttons."""

    def is_card(message: SeenMessage) -> bool:
        return _shows(message, number) and containing in message.text

    return await stage.reach(person, number, is_card)


async def told_aloud(stage: Stage, person: str, number: str, containing: str) -> SeenMessage:
    """Wait for a card with sound that contains this; a silent one may come shortly before."""
    return await stage.driver.wait_message(
        person,
        lambda message: not message.silent and _shows(message, number) and containing in message.text,
    )


async def wait_until_gone(stage: Stage, person: str, number: str) -> None:
    """Wait until no message of the bot in the person's chat contains the number."""

    def is_gone(chat: SeenChat) -> bool:
        return not any(number in message.text for message in newest(chat))

    await stage.driver.wait_chat(person, is_gone)


async def photographed(stage: Stage, seller: str = "florist") -> str:
    """Place an order and let its seller upload the first photo; returns its number."""
    number = await stage.assigned(seller)
    await stage.tap(seller, number, "Загрузить фото")
    await upload(stage, seller, number, a_jpeg())
    return number


async def upload(stage: Stage, person: str, number: str, picture: bytes) -> SeenMessage:
    """Send a photo of the order, and wait for the card below it; returns the person's message."""
    sent = await stage.driver.photo(person, picture)
    await stage.driver.wait_message(
        person, lambda message: _shows(message, number) and message.message_id > sent.message_id
    )
    return sent


async def with_courier(stage: Stage, courier: str = "courier") -> str:
    """Take a new order to its photo and give it to a courier of the shop; returns its number."""
    number = await photographed(stage)
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, STAFF[courier][1])
    await stage.card(courier, number)
    return number


async def on_the_way(stage: Stage, courier: str = "courier") -> str:
    """Take a new order to "courier left", with the courier's card; returns its number."""
    number = await with_courier(stage, courier)
    await stage.tap("florist", number, "Курьер вышел")
    await stage.card(courier, number, "Курьер вышел")
    return number


async def marketplace_knows(stage: Stage, number: str, status: Status) -> None:
    """Wait until the database has this marketplace status; no message shows it."""

    async def is_noted() -> bool:
        return (await stage.order(number)).marketplace_status is status

    await eventually(is_noted, seconds=PATIENCE, pause=0.1)


async def history(stage: Stage, person: str, number: str) -> list[str]:
    """The lines of an order's history, as shown to the person."""
    asked = await stage.driver.text(person, number)
    await stage.driver.wait_message(
        person, lambda message: _shows(message, number) and message.message_id > asked.message_id
    )
    await step(stage, person, number, "История")
    told = await stage.driver.wait_message(
        person, lambda message: number in message.text, containing="заказ поступил"
    )
    return told.text.splitlines()[3:]


def goods_without_photo() -> Product:
    """A product of a category without the photo step (R24)."""
    return main("Плюшевый мишка", "1500.00", Category.OTHER)


async def cards_of(stage: Stage, person: str, number: str, chat: str = "bot") -> list[SeenMessage]:
    """The bot's visible messages with the order in the heading."""
    return [
        message
        for message in await stage.driver.messages(person, chat)
        if message.from_bot and not message.deleted and _shows(message, number)
    ]


def _shows(message: SeenMessage, number: str) -> bool:
    first = message.text.partition("\n")[0]
    return number in first and "·" in first
