"""Generated product pictures, so that orders have pictures without the internet."""

import functools
import io
import math

from aiohttp import web
from PIL import Image, ImageDraw

SIDE = 640
_LEAF = "#6fa67a"
_CENTRE = "#f6d365"
_PALETTES = {
    "bouquet": ("#fdf1f4", ("#e98fae", "#f3b6c9", "#d96d92")),
    "plant": ("#eef6ee", ("#8fc49a", "#6fa67a", "#b4dabb")),
    "cake": ("#fdf4ea", ("#e8b98a", "#f0d0ae", "#d99a66")),
    "tea": ("#f0f4e8", ("#a9b97c", "#c6d3a0", "#8b9d5d")),
    "gift": ("#eef1fb", ("#9aa9e0", "#c0caf0", "#7b8cd0")),
}


async def handle_picture(request: web.Request) -> web.Response:
    """Serve a picture by name; the bouquet for unknown names."""
    name = request.match_info["name"]
    data = draw(name if name in _PALETTES else "bouquet")
    return web.Response(body=data, content_type="image/png", headers={"Cache-Control": "max-age=86400"})


@functools.cache
def draw(name: str) -> bytes:
    """Draw a picture as PNG."""
    background, petals = _PALETTES[name]
    image = Image.new("RGB", (SIDE, SIDE), background)
    pencil = ImageDraw.Draw(image)
    places = [(320, 210, 105), (185, 290, 85), (455, 290, 85), (260, 360, 75), (390, 365, 75)]
    for x, y, _ in places:
        pencil.line((x, y, 320, 600), fill=_LEAF, width=10)
    for index, (x, y, radius) in enumerate(places):
        _flower(pencil, (x, y), radius, petals[index % len(petals)])
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _flower(pencil: ImageDraw.ImageDraw, centre: tuple[int, int], radius: int, colour: str) -> None:
    x, y = centre
    for step in range(7):
        angle = 2 * math.pi * step / 7
        _disc(
            pencil,
            x + math.cos(angle) * radius * 0.55,
            y + math.sin(angle) * radius * 0.55,
            radius * 0.45,
            colour,
        )
    _disc(pencil, x, y, radius * 0.3, _CENTRE)


def _disc(pencil: ImageDraw.ImageDraw, x: float, y: float, radius: float, colour: str) -> None:
    pencil.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
