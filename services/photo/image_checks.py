"""Is this a picture, and which? Told by its content, never by its name.

The functions of content run in a process of their own (`services.files.heavy_work`): Pillow and its HEIF are
loaded there. Each keeps within `MOST_BYTES`, whatever the picture's size.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from orders.photo.quality import Measures
from services.photo.image_scaling import scaled
from services.photo.image_sizes import Excess, excess_of, excess_of_file

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


class TooManyPixelsError(NotAPictureError):
    """It may be a picture, but decoding it would take too much memory."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess)
        self.excess = excess


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture is: the ending its file gets, and its size in pixels."""

    extension: str
    width: int
    height: int


def inspect(content: bytes) -> Picture:
    """Open the picture and decode it whole, so that a cut-off file is noticed.

    Raises NotAPictureError, and TooManyPixelsError for one that would take too much memory.
    """
    with _opened(content) as image:
        width, height = image.size
        scaled(image, content, _MEASURED_SIDE)
        return Picture(EXTENSIONS[image.format or ""], width, height)


def as_jpeg(content: bytes) -> bytes:
    """The picture as Telegram can show it: upright, JPEG, without where it was taken (R25, R63).

    Its colours are those of its profile, and what is transparent is white (X20).
    """
    with _opened(content) as image:
        upright = _upright(image, scaled(image, content, LONG_SIDE))
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
        grey = scaled(image, content, _MEASURED_SIDE, Resampling.BOX).convert("L")
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


def _upright(image: Image.Image, shown: Image.Image) -> Image.Image:
    """By the metadata of the picture; where those cannot be read, it is shown as it lies."""
    from PIL import ExifTags, ImageOps

    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        shown.getexif()[ExifTags.Base.Orientation] = orientation
        return ImageOps.exif_transpose(shown)
    except (SyntaxError, ValueError, TypeError):  # SyntaxError is what Pillow raises for a broken header
        return shown


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """The picture, its size checked. What goes wrong with it in here is the file's fault.

    Not so an error of the machine, which has a number, and what its memory does not hold.
    """
    from PIL import Image

    _prepare()
    try:
        _refuse(excess_of_file(content))
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _refuse(excess_of(image))
            yield image
    except (TooManyPixelsError, MemoryError):
        raise
    except OSError as error:
        if error.errno:
            raise
        raise NotAPictureError from error
    except Exception as error:  # a decoder fails on a damaged file in any way there is
        raise NotAPictureError from error


def _refuse(excess: Excess | None) -> None:
    if excess is not None:
        raise TooManyPixelsError(excess)


@cache
def _prepare() -> None:
    """Once: each time would put HEIF into Pillow's list again. The limits on sizes are our own."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
