"""The page's colours are computed: each text stands out from what is behind it as WCAG AA asks (4.5 to 1)."""

import re
from pathlib import Path

import pytest

import sandbox.page

STATIC = Path(sandbox.page.__file__).parent / "static"
ENOUGH = 4.5
Colour = tuple[float, float, float]
LIGHT, DARK = 0, 1

PAIRS = (
    ("ink", "surface"), ("ink", "page"), ("ink", "theirs"), ("ink", "mine"), ("ink", "chip"),
    ("soft", "surface"), ("soft", "surface-2"), ("soft", "theirs"), ("soft", "chip"),
    ("mine-soft", "mine"),
    ("accent", "surface"), ("accent", "theirs"), ("accent-ink", "accent"),
    ("link", "theirs"), ("link", "mine"), ("link", "surface"),
    ("warn", "chip"), ("badge-ink", "warn"),
)  # fmt: skip
"""A text and what it stands on; the tests below add the buttons, which are half transparent."""


def variables(theme: int) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\n\s*\}", (STATIC / "base.css").read_text(), re.DOTALL)
    found: dict[str, str] = {}
    for block in blocks[: theme + 1]:
        found |= dict(re.findall(r"--([\w-]+): ([^;]+);", block))
    return found


def solid(value: str) -> Colour:
    digits = value.strip().lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    return (int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255)


def over(value: str, ground: str) -> Colour:
    """A colour such as `rgb(47 125 85 / 10%)` on a solid one."""
    red, green, blue, share = map(float, re.findall(r"[\d.]+", value))
    mixed = zip((red, green, blue), solid(ground), strict=True)
    first, second, third = (one / 255 * share / 100 + below * (1 - share / 100) for one, below in mixed)
    return first, second, third


def contrast(one: Colour, other: Colour) -> float:
    def light(colour: Colour) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_each_text_stands_out_from_its_ground(text: str, ground: str, theme: int) -> None:
    found = variables(theme)
    assert contrast(solid(found[text]), solid(found[ground])) >= ENOUGH


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("button", ["button", "button-over"])
@pytest.mark.parametrize("ground", ["surface-2", "surface"])
def test_the_words_of_a_button_stand_out_also_under_the_pointer(button: str, ground: str, theme: int) -> None:
    found = variables(theme)
    assert contrast(solid(found["button-ink"]), over(found[button], found[ground])) >= ENOUGH


@pytest.mark.parametrize("style", ["success", "danger", "primary"])
def test_the_words_of_a_coloured_button_stand_out(style: str) -> None:
    rule = re.search(
        rf"\.buttons \.{style}, .*?background: (#\w+); color: (#\w+)", (STATIC / "chat.css").read_text()
    )
    assert rule is not None
    assert contrast(solid(rule[1]), solid(rule[2])) >= ENOUGH
