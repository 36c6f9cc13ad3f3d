"""Finds an order in a chat: by its card, the message of waiting orders, or the pinned board."""

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
"""Seconds after which a person stops waiting for a card and asks for it."""
_ACCEPT_ALL = ("Принять все ", "Accept all ")


class ShopDriver(SandboxDriver):
    """A driver that ignores the board, which may come and be pinned at any time."""

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
        """As in the driver, but never returns the board or the notice that it was pinned."""

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
    """Whether a person must send the number to get the order: no message shows it, or only a list.

    Returns False while another message names it, such as a question to be answered first.
    """
    there = newest(chat)
    lists = [one for one in there if any(text.startswith(_ACCEPT_ALL) for text in one.button_texts)]
    if any(number in one.text for one in there if one not in lists and not is_board(one)):
        return False
    return any(number in one.text for one in lists) or waited > LOST_SECONDS


def is_card(message: SeenMessage, number: str) -> bool:
    """Whether the message is a card: the order's number in the heading, and buttons."""
    first = message.text.partition("\n")[0]
    return number in first and "·" in first and bool(message.button_texts)


def is_details(message: SeenMessage, number: str) -> bool:
    """Whether the card shows «Подробно», recognised by its buttons."""
    *beside, last = message.button_texts or [""]
    return is_card(message, number) and last in BACK and _OF_DETAILS.issuperset(beside)


def newest(chat: SeenChat) -> list[SeenMessage]:
    """The bot's visible messages, newest first."""
    return [message for message in reversed(chat.messages) if message.from_bot and not message.deleted]


def way_to(chat: SeenChat, number: str, order_id: int, *, by_board: bool) -> tuple[int, str] | None:
    """Message id and data of the button that opens the order's card; None if the chat has the card.

    `by_board`: also use the board's button, which exists even while the card is being sent.
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
