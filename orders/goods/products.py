"""What the shop sells: products, recipes, counted flowers, and what can be ordered (R11, R60, R83)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from orders.access.roles import Act, may
from orders.model.details import Line
from orders.model.money import Money
from orders.model.order import Mark, Order
from orders.model.people import Actor

MOST_INGREDIENTS = 30
LONGEST_FLOWER = 40
MOST_STEMS = 9_999
"""The highest count of one flower, or of one product in stock."""

Stems = Mapping[str, int]
"""Counted flowers: key -> stems in stock. A flower that is missing here counts as available (R83)."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A flower of a recipe, and its number of stems in one bouquet."""

    flower: str
    stems: int

    @property
    def key(self) -> str:
        return flower_key(self.flower)


@dataclass(frozen=True, slots=True)
class Told:
    """What the marketplace is known to show of a product; None: not known."""

    shown: bool | None = None
    stock: int | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """One product of one shop. `offer_id` is the shop's own article number; the marketplace uses it too.

    `stock` None: it is not counted. `stopped`: a person put it on the stop list (R60). `marketplace_id` None:
    the marketplace does not have it.
    """

    id: int
    shop_id: int
    offer_id: str
    name: str
    price: Money | None = None
    category: str = ""
    description: str = ""
    picture_url: str = ""
    url: str = ""
    marketplace_id: int | None = None
    stock: int | None = None
    stopped: bool = False
    recipe: tuple[Ingredient, ...] = ()
    told: Told = Told()


@dataclass(frozen=True, slots=True)
class Flower:
    """A flower that recipes need, and in how many products; `stems` None: not counted, assumed available."""

    key: str
    name: str
    products: int
    stems: int | None = None
    counted: Mark | None = None

    @property
    def is_out(self) -> bool:
        return self.stems == 0


class Obstacle(StrEnum):
    """Why a product cannot be ordered; several reasons may apply at once."""

    SHOP_HIDDEN = "shop_hidden"
    STOPPED = "stopped"
    NO_STOCK = "no_stock"
    FLOWER_OUT = "flower_out"


def obstacles(product: Product, stems: Stems, *, shop_open: bool) -> tuple[Obstacle, ...]:
    """Every reason why the product cannot be ordered now; empty if it can."""
    found = {
        Obstacle.SHOP_HIDDEN: not shop_open,
        Obstacle.STOPPED: product.stopped,
        Obstacle.NO_STOCK: product.stock == 0,
        Obstacle.FLOWER_OUT: bool(lacking(product, stems)),
    }
    return tuple(obstacle for obstacle, stands in found.items() if stands)


def available(product: Product, stems: Stems, *, shop_open: bool) -> bool:
    """Whether it can be ordered now; the feed says the same (R61)."""
    return not obstacles(product, stems, shop_open=shop_open)


def wants_shown(product: Product, stems: Stems) -> bool:
    """Whether the marketplace should show it; stock and hidden shops reach the marketplace separately."""
    standing = obstacles(product, stems, shop_open=True)
    return not {Obstacle.STOPPED, Obstacle.FLOWER_OUT} & set(standing)


def lacking(product: Product, stems: Stems) -> tuple[Ingredient, ...]:
    """The ingredients of the recipe for which the stems in stock do not suffice (R83)."""
    return tuple(one for one in product.recipe if stems.get(one.key, one.stems) < one.stems)


def stems_needed(order: Order, key: str, recipes: Mapping[str, tuple[Ingredient, ...]]) -> int | None:
    """How many stems of the flower this order needs; `recipes` maps offer ids to recipes.

    0: none. None: an unknown number, since a line without a recipe names the flower.
    """
    total, by_name = 0, False
    for line in order.details.lines:
        recipe = recipes.get(line.offer_id, ()) if line.offer_id else ()
        total += sum(one.stems * line.count for one in recipe if one.key == key)
        by_name = by_name or (not recipe and _speaks_of(line, key))
    return None if by_name and not total else total


def is_short(flower: Flower, needs: Iterable[int | None]) -> bool:
    """Whether the counted stems do not cover these needs; a need of None is an unknown number (R83)."""
    known = list(needs)
    if flower.stems is None or not known:
        return False
    return flower.is_out or sum(one or 0 for one in known) > flower.stems


def can_change_goods(actor: Actor, shop_id: int) -> bool:
    """Whether the actor may hide the shop and its products: directors and managers may."""
    return may(actor, Act.CHANGE_GOODS, shop_id)


@lru_cache(maxsize=4_096)
def flower_key(name: str) -> str:
    """A key that is the same for all forms of a flower's name: «Пионы», «пион», «пионов»."""
    return " ".join(_stem(word) for word in _words(name))


class UnclearRecipeError(ValueError):
    """A part of the text is not a flower with a number of stems; `part` is that part."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


def parse_recipe(text: str, *, least: int = 1) -> tuple[Ingredient, ...]:
    """Reads «пион 15, эвкалипт 3»; a flower without a number is one stem, repeated flowers are added up.

    `least`: the fewest stems allowed; 0 when flowers are counted. Raises UnclearRecipeError when a part
    cannot be read, or when flowers or stems are too many.
    """
    found: dict[str, Ingredient] = {}
    for part in filter(None, map(str.strip, re.split(r"[,;\n]+", text))):
        one = _ingredient(part, least)
        before = found.get(one.key)
        found[one.key] = Ingredient(before.flower, before.stems + one.stems) if before else one
    if not found or len(found) > MOST_INGREDIENTS:
        raise UnclearRecipeError(text.strip())
    if any(one.stems > MOST_STEMS for one in found.values()):
        raise UnclearRecipeError(text.strip())
    return tuple(found.values())


_NUMBER_LAST = re.compile(r"(?P<name>.*?\D)[\s:xх×*-]*(?P<stems>\d{1,4})\s*(?:шт|pcs|стеб\w*|stems?)?\.?")
_NUMBER_FIRST = re.compile(r"(?P<stems>\d{1,4})\s*(?:шт|pcs|стеб\w*|stems?)?\.?[\s:xх×*-]+(?P<name>\D.*)")
_ENDING = re.compile(
    r"(?:ами|ями|ого|его|ому|ему|ов|ев|ей|ам|ям|ах|ях|ый|ий|ой|ых|их|ым|им|[аеёиоуыэюяй]+|ь|s)$"
)
_SHORTEST_STEM = 3


def _ingredient(part: str, least: int) -> Ingredient:
    found = _NUMBER_LAST.fullmatch(part) or _NUMBER_FIRST.fullmatch(part)
    name = " ".join((found["name"] if found else part).strip(" .:-–—×*").split())
    stems = int(found["stems"]) if found else 1
    is_name = bool(flower_key(name)) and len(name) <= LONGEST_FLOWER and not re.search(r"\d", name)
    if not is_name or stems < least:
        raise UnclearRecipeError(part)
    return Ingredient(name, stems)


def _speaks_of(line: Line, key: str) -> bool:
    """Whether the line's name or description names the flower."""
    words = {_stem(word) for word in _words(f"{line.name} {line.description}")}
    return bool(key) and set(key.split()) <= words


def _words(text: str) -> Iterable[str]:
    return re.findall(r"[^\W\d_]+", text.casefold().replace("ё", "е"))


def _stem(word: str) -> str:
    """The word without its ending of number and case; rough, but enough to tell flowers apart."""
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) >= _SHORTEST_STEM else word
