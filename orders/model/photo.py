"""The photo of an order: what is ticked before it, its versions, and what the client says of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import Mark


@dataclass(frozen=True, slots=True)
class Rating:
    """The client's word on the photo (R26, R32)."""

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
    """What it was sent together with: Telegram's id of the album; empty for one that came alone."""
    goods: tuple[str, ...] = ()
    """What was ordered when it was taken (`Details.goods`); empty where that was not known for sure."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The client can see the photo with this SHA-256 since `mark.at` (X20)."""

    sha256: str
    mark: Mark


class ItemKind(StrEnum):
    """What is ticked before the photo."""

    GOODS = "goods"
    CARD = "card"
    GIFT = "gift"
    QUALITY = "quality"
    VISIBLE = "visible"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tick before the photo; goods and add-ons have a name (R36)."""

    kind: ItemKind
    name: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """All of the list was there and good (R34, R36, R67): what the list was, and who says so."""

    items: tuple[Item, ...]
    made: Mark
