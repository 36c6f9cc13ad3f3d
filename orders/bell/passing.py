"""Messages other than cards, boards, alarms and conversations, and when the bot deletes them (X15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto


class Kind(StrEnum):
    """The kind of a message; the bot has to name one for every message that it sends in a dialogue."""

    MENU = "menu"
    """Menus, lists, search results, the guide, help, rules, «Кто я», reports, a screen after typed words."""
    QUESTION = "question"
    """Asks for words, a number, a contact or a place; a dialogue waits for the answer."""
    CHOICE = "choice"
    """Asks by buttons alone: which order a note or an address belongs to, whether a text is an order."""
    REMARK = "remark"
    """Says what is wrong with an answer, that it was saved, or why a step was refused."""
    KEYS = "keys"
    """Carries the reply keyboard: apps remove the keyboard together with its message."""
    STEP = "step"
    """Requests for photos and their checklists, drafts, what couriers show a client about themselves."""
    RESULT = "result"
    """The result of a file that was sent, with the buttons that decide on it."""
    FILE = "file"
    """A document or picture that a person asked for, to keep or to forward."""
    LOST = "lost"
    """Says what was not saved and has to be sent again."""
    RECORD = "record"
    """A record of what was said and when: a part of a talk with a client, or that a group is connected."""


class Leaves(StrEnum):
    """When the bot deletes a message."""

    NEXT_OF_KIND = auto()
    """When the next message of its kind is sent."""
    ANSWERED = auto()
    """When its dialogue ends (answered, cancelled or left) or asks its next question."""
    PRESSED = auto()
    """When a person presses one of its buttons and the choice is accepted."""
    NEXT_TURN = auto()
    """When its reader writes or presses anything in this chat. The pictures of an album count as one turn."""
    SETTLED = auto()
    """When its subject is settled: the photo has come, the draft is an order, the delivery has ended."""
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
"""When messages of each kind are deleted."""

BY_ITSELF = frozenset({Leaves.NEXT_OF_KIND, Leaves.ANSWERED, Leaves.NEXT_TURN})
"""Deleted after a turn of the reader; the others go when a button is pressed or their subject is settled."""


@dataclass(frozen=True, slots=True)
class Passing:
    """A message that the bot deletes later. `dialogue`: the one open when it was sent; empty for none."""

    message_id: int
    kind: Kind
    dialogue: str = ""


def leaving(
    kept: Sequence[Passing], said: Sequence[Passing], dialogue: str, *, read_to: float
) -> list[Passing]:
    """The messages to delete now: `kept` were in the chat before, `said` have just been sent.

    `dialogue` is the open one. `read_to`: the reader has seen the messages with smaller ids. It is the id of
    the message that they sent, infinite for a tap, and 0 for an event that is no turn, such as the second
    picture of an album. So the answer to the first of several files stays while the others are handled.
    """
    newest = {one.kind: one for one in said}
    return [
        *(one for one in kept if _leaves(one, one.kind in newest, dialogue, read_to)),
        *(one for one in said if LEAVES[one.kind] is not Leaves.NEXT_TURN and newest[one.kind] != one),
    ]


def _leaves(one: Passing, has_newer: bool, dialogue: str, read_to: float) -> bool:
    if LEAVES[one.kind] is Leaves.NEXT_TURN:
        return one.message_id < read_to
    return has_newer or (LEAVES[one.kind] is Leaves.ANSWERED and one.dialogue != dialogue)
