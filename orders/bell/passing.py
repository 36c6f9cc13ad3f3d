"""What the bot says besides cards, boards, alarms and conversations, and when it leaves the chat (X15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto


class Kind(StrEnum):
    """What a message is. The bot cannot send one from a conversation without saying which."""

    MENU = "menu"
    """Menus, lists, search results, the guide, help, rules, «Кто я», reports, a screen after typed words."""
    QUESTION = "question"
    """Asks for words, a number, a contact or a place, for which a dialogue waits."""
    CHOICE = "choice"
    """Asks by buttons alone: which order a note or an address is of, whether a text is one."""
    REMARK = "remark"
    """What is wrong with an answer, or that it was kept; why something was refused."""
    KEYS = "keys"
    """Brings the keys below the chat: apps take them away with their message."""
    STEP = "step"
    """Requests for photos and their tick lists, drafts, what a courier shows a client of themselves."""
    RESULT = "result"
    """What came of a file that was sent, with the buttons that decide on it."""
    FILE = "file"
    """A document or picture that was asked for: the person keeps it or passes it on."""
    LOST = "lost"
    """Says what was not kept and has to be sent again."""
    RECORD = "record"
    """A part of a conversation with a client, and that a group is connected: what was said, and when."""


class Leaves(StrEnum):
    """When a message leaves the chat."""

    NEXT_OF_KIND = auto()
    """When the next of its kind comes."""
    ANSWERED = auto()
    """With its dialogue: answered, cancelled, left for something else; or for the next question."""
    PRESSED = auto()
    """By its own button, once that is taken."""
    NEXT_TURN = auto()
    """When its reader writes or presses anything in this chat. The pictures of an album are one turn."""
    SETTLED = auto()
    """With what it is about: the photo has come, the draft is an order, the delivery is over."""
    NEVER = auto()


LEAVES: dict[Kind, Leaves] = {
    Kind.MENU: Leaves.NEXT_OF_KIND,
    Kind.QUESTION: Leaves.ANSWERED,
    Kind.CHOICE: Leaves.PRESSED,
    Kind.REMARK: Leaves.NEXT_TURN,
    Kind.KEYS: Leaves.NEXT_OF_KIND,
    Kind.STEP: Leaves.SETTLED,
    Kind.RESULT: Leaves.NEVER,
    Kind.FILE: Leaves.NEVER,
    Kind.LOST: Leaves.NEVER,
    Kind.RECORD: Leaves.NEVER,
}
"""The whole table."""

BY_ITSELF = frozenset({Leaves.NEXT_OF_KIND, Leaves.ANSWERED, Leaves.NEXT_TURN})
"""What is taken away after each turn of the reader; the rest goes by its button or by what settles it."""


@dataclass(frozen=True, slots=True)
class Passing:
    """A message that leaves by itself. `dialogue`: which one was open when it was sent; empty for none."""

    message_id: int
    kind: Kind
    dialogue: str = ""


def leaving(
    kept: Sequence[Passing], said: Sequence[Passing], dialogue: str, *, is_turn: bool
) -> list[Passing]:
    """What leaves the chat now: `kept` stood there before, `said` has just been sent.

    `dialogue` is the one that is open now; `is_turn` is false for the further pictures of an album.
    """
    newest = {one.kind: one for one in said}
    return [
        *(one for one in kept if _leaves(one, one.kind in newest, dialogue, is_turn=is_turn)),
        *(one for one in said if LEAVES[one.kind] is not Leaves.NEXT_TURN and newest[one.kind] != one),
    ]


def _leaves(one: Passing, has_newer: bool, dialogue: str, *, is_turn: bool) -> bool:
    if LEAVES[one.kind] is Leaves.NEXT_TURN:
        return is_turn
    return has_newer or (LEAVES[one.kind] is Leaves.ANSWERED and one.dialogue != dialogue)
