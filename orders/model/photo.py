"""The photo of an order: the check before it, its versions, and the client's rating."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import Mark


@dataclass(frozen=True, slots=True)
class Rating:
    """The client's verdict on the photo (R26, R32)."""

    liked: bool
    complaint: str
    given: Mark
    photo_version: int


@dataclass(frozen=True, slots=True)
class Photo:
    """One version of the photo: a file on disk, named by its SHA-256."""

    version: int
    sha256: str
    path: str
    taken: Mark
    answers: Rating | None = None
    """The complaint about an earlier version that this one answers (R33)."""
    album: str = ""
    """Telegram's id of the album that it was sent in; empty for a single picture."""
    goods: tuple[str, ...] = ()
    """What was ordered when it was taken (`Details.goods`); empty if that was uncertain."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The client can see the photo with this SHA-256 since `mark.at` (X20)."""

    sha256: str
    mark: Mark


class ItemKind(StrEnum):
    """The kinds of checklist items."""

    GOODS = "goods"
    CARD = "card"
    GIFT = "gift"
    QUALITY = "quality"
    VISIBLE = "visible"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tick before the photo; products and add-ons have a name (R36)."""

    kind: ItemKind
    name: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """A check in which all items were ticked (R34, R36, R67): the list, and who ticked it."""

    items: tuple[Item, ...]
    made: Mark
