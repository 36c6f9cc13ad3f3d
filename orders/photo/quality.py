"""Whether a picture is usable: compares its measures with the shop's limits (R35)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.rules import ShopRules


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of a picture.

    `light`: mean brightness, 0 to 100 per cent of white. `sharpness`: the change between neighbouring points
    in the sharpest part; 0 is a blur without edges, good photos have hundreds. None: the picture has a single
    colour, so sharpness is undefined.
    """

    light: int
    sharpness: int | None = None


class Flaw(StrEnum):
    """Flaws that can make a photo useless to the client."""

    DARK = "dark"
    BLURRED = "blurred"


def flaws(measures: Measures, rules: ShopRules) -> tuple[Flaw, ...]:
    """The flaws of a picture. A dark one is never called blurred, too, since nothing is sharp in the dark."""
    if measures.light < rules.photo_light_percent:
        return (Flaw.DARK,)
    if measures.sharpness is not None and measures.sharpness < rules.photo_sharpness:
        return (Flaw.BLURRED,)
    return ()
