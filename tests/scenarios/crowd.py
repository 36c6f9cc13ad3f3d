"""Simulated people who work on many orders concurrently and retry what is not answered."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from random import Random

from orders.steps import events as happened
from sandbox.driver import PlacedOrder, SeenMessage
from tests.pictures import a_picture
from tests.scenarios.plots import CHIEFS, Deed, Plot, draw
from tests.scenarios.stage import STAFF, Stage

ANSWER_SECONDS = 3
"""Seconds that people wait for an answer before they read the chat again."""
GLANCE_SECONDS = 0.2
LOOKED_AT = 60
"""Number of messages that people read: those that came or changed last."""
PATIENCE = 300
"""Seconds after which an unsuccessful deed fails the test."""
RESEND_SECONDS = 8
"""Seconds after which an unanswered photo is sent again."""

OVERDUE = " не принят уже "
SAVED = "Фото сохранено."
TOO_LATE = "клиент может отменить"
"""Occurs in the message of waiting orders once one of them is overdue."""
MORE = ("Ещё…",)
BACK = ("← Назад",)

Place = tuple[int, str, str]
"""Message id, label and all labels of the message: «Ещё…» occurs on the card and in a menu."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A step that the bot has confirmed to a person."""

    number: str
    event: type[happened.Change]
    name: str


@dataclass(slots=True)
class Ledger:
    """All orders of the run with their plots, and all confirmed steps."""

    plots: dict[str, Plot] = field(default_factory=dict)
    promises: list[Promise] = field(default_factory=list)
    photos: list[tuple[str, str]] = field(default_factory=list)
    """Order number and SHA-256 of each photo confirmed as saved."""


class Crowd:
    """The people of the shop, who work concurrently; each answers one question at a time."""

    def __init__(self, stage: Stage, random: Random) -> None:
        self.stage = stage
        self.ledger = Ledger()
        self._random = random
        self._busy: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def at_work(self, orders: int) -> AsyncIterator[None]:
        """Work on this many orders concurrently; on exit, finish those in progress."""
        closing = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for _ in range(orders):
                group.create_task(self._work(closing))
            try:
                yield
            finally:
                closing.set()

    async def _work(self, closing: asyncio.Event) -> None:
        while not closing.is_set():
            await self._play(draw(self._random))

    async def _play(self, plot: Plot) -> None:
        placed = await self.stage.driver.place_order()
        number = str(placed.id)
        self.ledger.plots[number] = plot
        if plot.is_late:
            await self._alarmed(number)
        for deed in plot.deeds:
            # Opening one order may remove another one's card from a chief's chat, so they work sequentially.
            one_by_one = deed.asks or deed.person in CHIEFS
            async with self._busy[deed.person] if one_by_one else nullcontext():
                await self._do(number, deed)
        if plot.is_cancelled:
            await self._cancelled(placed)

    async def _alarmed(self, number: str) -> None:
        """Wait for the alarm in every chat that must get it."""
        for person, chat in (*((chief, "bot") for chief in CHIEFS), ("director", "group")):
            await self._told(person, lambda m: _is_alarm(m, number), chat)

    async def _cancelled(self, placed: PlacedOrder) -> None:
        await self.stage.driver.cancel_order(placed.id)
        for chief in CHIEFS:
            await self._told(chief, lambda m: _is_about(m, str(placed.id)) and "Клиент отменил" in m.text)

    async def _told(self, person: str, fits: Callable[[SeenMessage], bool], chat: str = "bot") -> None:
        """Wait until a person got such a message, even if it was deleted later."""
        await self.stage.driver.wait_chat(
            person,
            lambda seen: any(m.from_bot and fits(m) for m in seen.messages),
            chat=chat,
            timeout=PATIENCE,
        )

    async def _do(self, number: str, deed: Deed) -> None:
        doing = self._photograph if deed.event is happened.PhotoAttached else self._press_through
        try:
            async with asyncio.timeout(PATIENCE):
                await doing(number, deed)
        except TimeoutError:
            chat = "\n".join(map(str, await self._about(deed.person, number)))
            raise AssertionError(f"{deed} of {number} did not succeed; the chat:\n{chat}") from None

    async def _press_through(self, number: str, deed: Deed) -> None:
        """Press the innermost available button until the sign appears; each button at most once per round."""
        tried: set[Place] = set()
        while not _shows(messages := await self._about(deed.person, number), deed.sign):
            ways = (_innermost(messages, way, tried) for way in (deed.buttons, MORE, BACK))
            found = next(filter(None, ways), None)
            asked = next((m for m in messages if deed.words and "Отмена" in m.button_texts), None)
            if not messages:
                await self._look_up(deed.person, number)
            elif asked is not None and (asked.message_id, deed.words, "") not in tried:
                tried.add((asked.message_id, deed.words, ""))
                await self.stage.driver.text(deed.person, deed.words)
            elif found is not None:
                tried.add(found)
                await self._press(number, deed, *found[:2])
            else:
                tried.clear()
            await self._watch(deed.person, number, messages)

    async def _look_up(self, person: str, number: str) -> None:
        """Bring back a missing card, by the button in a list or by sending its number."""
        with suppress(AssertionError):  # the bot may be down now
            is_open = await self.stage.open_order(person, number, seconds=ANSWER_SECONDS)
            if not is_open and await self.stage.is_known(number):
                await self.stage.driver.text(person, number)

    async def _watch(self, person: str, number: str, before: list[SeenMessage]) -> None:
        """Wait for a change, at most ANSWER_SECONDS."""
        for _ in range(round(ANSWER_SECONDS / GLANCE_SECONDS)):
            if [m.event_id for m in await self._about(person, number)] != [m.event_id for m in before]:
                return
            await asyncio.sleep(GLANCE_SECONDS)

    async def _press(self, number: str, deed: Deed, message_id: int, label: str) -> None:
        with suppress(AssertionError):  # the button may have been removed meanwhile
            toast = await self.stage.driver.press(deed.person, message_id, label, timeout=ANSWER_SECONDS)
            if deed.answer and (toast.text or "").startswith(deed.answer):
                self.ledger.promises.append(Promise(number, deed.event, STAFF[deed.person][1]))

    async def _photograph(self, number: str, deed: Deed) -> None:
        colour = f"#{0x404040 | self._random.randrange(1 << 24):06x}"  # the bot asks about dark pictures
        picture = a_picture("JPEG", (self._random.randrange(300, 400), 300), colour)
        plot = self.ledger.plots[number].deeds
        wanted = sum(one.event is happened.PhotoAttached for one in plot[: plot.index(deed) + 1])
        while len((await self.stage.order(number)).progress.photos) < wanted:
            sent = await self.stage.driver.photo(deed.person, picture, caption=number)
            with suppress(TimeoutError):
                async with asyncio.timeout(RESEND_SECONDS):
                    await self._saved(number, deed, sent)

    async def _saved(self, number: str, deed: Deed, sent: SeenMessage) -> None:
        """Wait for the confirmation that the photo is saved."""
        while True:
            messages = await self._seen(deed.person)
            if sent.photo and any(SAVED in m.text for m in messages if _answers(m, sent)):
                content = await self.stage.driver.download(sent.photo.url)
                self.ledger.photos.append((number, hashlib.sha256(content).hexdigest()))
                self.ledger.promises.append(Promise(number, deed.event, STAFF[deed.person][1]))
                return
            await asyncio.sleep(GLANCE_SECONDS)

    async def _about(self, person: str, number: str) -> list[SeenMessage]:
        return [message for message in await self._seen(person) if _is_about(message, number)]

    async def _seen(self, person: str) -> list[SeenMessage]:
        """The bot's visible messages, newest first."""
        chat = await self.stage.driver.chat(person, last=LOOKED_AT)
        return [message for message in reversed(chat.messages) if message.from_bot and not message.deleted]


def _is_about(message: SeenMessage, number: str) -> bool:
    return number in message.text.partition("\n")[0]


def _is_alarm(message: SeenMessage, number: str) -> bool:
    is_of_several = number in message.text and TOO_LATE in message.text
    return f"{number}{OVERDUE}" in message.text or is_of_several


def _shows(messages: list[SeenMessage], sign: str) -> bool:
    return any(sign in message.text for message in messages)


def _answers(message: SeenMessage, sent: SeenMessage) -> bool:
    return message.reply_to_message_id == sent.message_id


def _innermost(messages: list[SeenMessage], buttons: tuple[str, ...], tried: set[Place]) -> Place | None:
    """The innermost of these buttons that is available, on the newest message with it."""
    for wanted in reversed(buttons):
        for message in messages:
            for label in message.button_texts:
                place = message.message_id, label, "|".join(message.button_texts)
                if label.startswith(wanted) and place not in tried:
                    return place
    return None
