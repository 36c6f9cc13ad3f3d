"""How people find an order in a chat: its card, the message of all that wait, the pinned board."""

from __future__ import annotations

from collections.abc import Callable

from messages.callbacks.order import Do, Tap
from messages.i18n.texts import LANGUAGES, Translator
from sandbox.driver import SandboxDriver, SeenChat, SeenMessage
from sandbox.driver.wire import PATIENCE

MORE = ("Ещё…", "More…")
BACK = ("← Назад", "← Back")
_OF_DETAILS = frozenset(
    Translator(language).plain(f"do-{do}") for language in LANGUAGES for do in (Do.NOTES, Do.FLAG, Do.PRINT)
)
_BOARD = "📌"
LOST_SECONDS = 12.0
"""After so long a person does not expect a card to come by itself any more."""
_ACCEPT_ALL = ("Принять все ", "Accept all ")


class ShopDriver(SandboxDriver):
    """Reads a chat as the staff do: the board, which may come and be pinned at any time, answers nobody."""

    async def wait_message(
        self,
        person: str,
        predicate: Callable[[SeenMessage], bool] | None = None,
        *,
        containing: str | None = None,
        chat: str = "bot",
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as in the driver
        since: int = 0,
    ) -> SeenMessage:
        """As in the driver; never gives the board, nor the notice that it was pinned."""

        def fits(message: SeenMessage) -> bool:
            is_said = message.service is None and not is_board(message)
            return is_said and (predicate is None or predicate(message))

        return await super().wait_message(
            person, fits, containing=containing, chat=chat, timeout=timeout, since=since
        )


def is_board(message: SeenMessage) -> bool:
    """Whether this is the pinned board of the day."""
    return message.text.startswith(_BOARD)


def must_be_asked_for(chat: SeenChat, number: str, waited: float) -> bool:
    """Whether only its number brings the order: a list names it without a button, or nothing does.

    A message that names it, such as a question, is left to be answered first.
    """
    there = newest(chat)
    lists = [one for one in there if any(text.startswith(_ACCEPT_ALL) for text in one.button_texts)]
    if any(number in one.text for one in there if one not in lists and not is_board(one)):
        return False
    return any(number in one.text for one in lists) or waited > LOST_SECONDS


def is_card(message: SeenMessage, number: str) -> bool:
    """Whether the order's number stands in its heading, and buttons below."""
    first = message.text.partition("\n")[0]
    return number in first and "·" in first and bool(message.button_texts)


def is_details(message: SeenMessage, number: str) -> bool:
    """Whether this is «Подробно» in the place of the order's card, by the buttons that only stand there."""
    *beside, last = message.button_texts or [""]
    return is_card(message, number) and last in BACK and _OF_DETAILS.issuperset(beside)


def newest(chat: SeenChat) -> list[SeenMessage]:
    """The bot's messages that are there, the newest first."""
    return [message for message in reversed(chat.messages) if message.from_bot and not message.deleted]


def way_to(chat: SeenChat, number: str, order_id: int, *, by_board: bool) -> tuple[int, str] | None:
    """Message and data of the button that opens the order's card, where the chat has no card of it.

    `by_board`: the board's button too. It is also there while the card is on its way.
    """
    data = Tap(do=Do.OPEN, order=order_id).pack()
    there = newest(chat)
    leading = [message for message in there if data in _data_of(message)]
    if any(is_card(message, number) and message not in leading for message in there):
        return None
    usable = [message for message in leading if by_board or not is_board(message)]
    return (usable[0].message_id, data) if usable else None


def _data_of(message: SeenMessage) -> list[str | None]:
    return [button.callback_data for row in message.buttons for button in row]
