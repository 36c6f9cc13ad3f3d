"""What to buy: the stems that orders need by their recipes, minus those in stock (X27)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orders.goods.products import Ingredient, Stems
from orders.load.load import is_to_do
from orders.model.order import Order


@dataclass(frozen=True, slots=True)
class Need:
    """The need for one flower. `at_hand` None: not counted."""

    flower: str
    needed: int
    at_hand: int | None

    @property
    def to_buy(self) -> int:
        """How many stems are missing; for an uncounted flower all that are needed."""
        return max(0, self.needed - (self.at_hand or 0))


@dataclass(frozen=True, slots=True)
class Shopping:
    """What the orders need; the flowers with the most stems to buy come first."""

    orders: int
    needs: tuple[Need, ...]
    without_recipe: tuple[tuple[str, int], ...]
    """Products without a recipe, and how many of each; add-ons are left out."""

    @property
    def to_buy(self) -> tuple[Need, ...]:
        return tuple(need for need in self.needs if need.to_buy)


def shopping_of(
    orders: Iterable[Order], recipes: Mapping[str, tuple[Ingredient, ...]], stems: Stems
) -> Shopping:
    """What these orders still need; `recipes` by offer id, `stems` as counted.

    Assembled orders are left out: their stems are already used.
    """
    waiting = [order for order in orders if is_to_do(order)]
    needed, names, unknown = Counter[str](), dict[str, str](), Counter[str]()
    for line in (line for order in waiting for line in order.details.lines):
        recipe = recipes.get(line.offer_id, ()) if line.offer_id else ()
        for one in recipe:
            needed[one.key] += one.stems * line.count
            names.setdefault(one.key, one.flower)
        if not recipe and not line.is_addon:
            unknown[line.name] += line.count
    needs = [Need(names[key], count, stems.get(key)) for key, count in needed.items()]
    needs.sort(key=lambda need: (-need.to_buy, need.flower.casefold()))
    return Shopping(len(waiting), tuple(needs), tuple(sorted(unknown.items())))
