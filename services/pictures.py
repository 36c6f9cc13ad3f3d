"""Is this a picture, and which? Told by its content, never by its name.

Pillow and its HEIF are loaded with the first picture, in the thread that opens it: they take 9 MiB and 60 ms.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from orders.photo_quality import Measures

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
"""MPO is a JPEG that holds further pictures behind the first, as many phones write it."""

_MEASURED_SIDE = 512
"""Pixels of the long side at which pictures are measured, so that their figures can be compared."""

_PARTS = 4
"""In so many parts each way a picture is looked at for where it is sharpest."""

_PLAIN = 1.0
"""The standard deviation of a picture of one colour, of 255: less is what compression leaves."""

LONG_SIDE = 2560
"""Pixels of the long side of a picture that is shown; the file on disk stays whole."""


class NotAPictureError(ValueError):
    """The content is no picture that we can open."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is: the ending its file gets, and its size in pixels."""

    extension: str
    width: int
    height: int


def inspect(content: bytes) -> Picture:
    """Open the picture and decode it whole, so that a cut-off file is noticed; raises NotAPictureError."""
    with _opened(content) as image:
        return Picture(EXTENSIONS[image.format or ""], image.width, image.height)


def as_jpeg(content: bytes) -> bytes:
    """The picture as Telegram can show it: upright, JPEG, without where it was taken (R25, R63)."""
    with _opened(content) as image:
        upright = _upright(image).convert("RGB")
        upright.thumbnail((LONG_SIDE, LONG_SIDE))
        upright.info.clear()  # a comment would be written again, and it may name the place
        buffer = io.BytesIO()
        upright.save(buffer, "JPEG", quality=88)
        return buffer.getvalue()


def measure(content: bytes) -> Measures:
    """How light and how sharp the picture is, whatever its size in pixels (R35).

    Sharp is what has edges: the variance of the Laplacian, in the sharpest of the parts, so that a bouquet
    in focus before a blurred wall is sharp.
    """
    from PIL import ImageFilter, ImageStat
    from PIL.Image import Resampling

    laplacian = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)
    with _opened(content) as image:
        grey = image.convert("L")
        grey.thumbnail((_MEASURED_SIDE, _MEASURED_SIDE), Resampling.BOX)
        whole = ImageStat.Stat(grey)
        edges = grey.filter(laplacian).crop((1, 1, max(2, grey.width - 1), max(2, grey.height - 1)))
        sharpest = max(ImageStat.Stat(part).var[0] for part in _parts(edges))
        is_plain = whole.stddev[0] < _PLAIN
        return Measures(round(whole.mean[0] / 255 * 100), None if is_plain else round(sharpest))


def _parts(image: Image.Image) -> Iterator[Image.Image]:
    across, down = min(_PARTS, image.width), min(_PARTS, image.height)
    for x in range(across):
        for y in range(down):
            left, top = image.width * x // across, image.height * y // down
            right, bottom = image.width * (x + 1) // across, image.height * (y + 1) // down
            yield image.crop((left, top, right, bottom))


def _upright(image: Image.Image) -> Image.Image:
    """By its metadata; where those cannot be read, the picture is shown as it lies."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError):  # SyntaxError is what Pillow raises for a broken header
        return image


def _opened(content: bytes) -> Image.Image:
    from PIL import Image, UnidentifiedImageError

    _learn_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
            image.load()
            return image
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise NotAPictureError from error


@cache
def _learn_heif() -> None:
    """Once: each time would put it into Pillow's list anew."""
    import pillow_heif

    pillow_heif.register_heif_opener()
