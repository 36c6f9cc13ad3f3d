"""Whether a picture shows anything: what was measured in it, held against the shop's limits (R35)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.rules import ShopRules


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured in a picture.

    `light` is its mean brightness, 0 to 100 per cent of white. `sharpness` is how much its sharpest part
    changes from point to point: 0 is a blur without any edge, a good photo has hundreds. None: the picture
    is all of one colour, so that there is nothing to be sharp.
    """

    light: int
    sharpness: int | None = None


class Flaw(StrEnum):
    """What may make a photo useless to the client."""

    DARK = "dark"
    BLURRED = "blurred"


def flaws(measures: Measures, rules: ShopRules) -> tuple[Flaw, ...]:
    """What is wrong with the picture. In the dark nothing is sharp: that is not said twice."""
    if measures.light < rules.photo_light_percent:
        return (Flaw.DARK,)
    if measures.sharpness is not None and measures.sharpness < rules.photo_sharpness:
        return (Flaw.BLURRED,)
    return ()
