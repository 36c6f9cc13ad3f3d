"""Checks whether a file is a picture, and of which kind, by its content and never by its name.

The functions that take content run in a child process (`services.files.heavy_work`): only there Pillow and
its HEIF plug-in are loaded. Each stays within `MOST_BYTES` for pictures of any size.
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
"""MPO is a JPEG with further pictures after the first, as many phones write it."""

_MEASURED_SIDE = 512
"""Pixels of the long side at which pictures are measured, so that their figures can be compared."""

_PARTS = 4
"""The picture is divided into this many parts each way, to find the sharpest one."""

_PLAIN = 1.0
"""Standard deviation, of 255, below which a picture counts as plain: compression alone causes less."""

LONG_SIDE = 2560
"""Pixels of the long side of a picture that is shown; the file on disk keeps its full size."""


class NotAPictureError(ValueError):
    """The content is not a picture that can be opened."""


class TooManyPixelsError(NotAPictureError):
    """It may be a picture, but decoding it would take too much memory."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess)
        self.excess = excess


@dataclass(frozen=True, slots=True)
class Picture:
    """The file extension and the size in pixels."""

    extension: str
    width: int
    height: int


def inspect(content: bytes) -> Picture:
    """Open the picture and decode it completely, so that a truncated file is noticed.

    Raises NotAPictureError, and TooManyPixelsError for a picture that would take too much memory.
    """
    with _opened(content) as image:
        width, height = image.size
        scaled(image, content, _MEASURED_SIDE)
        return Picture(EXTENSIONS[image.format or ""], width, height)


def as_jpeg(content: bytes) -> bytes:
    """The picture as Telegram can show it: upright, JPEG, without the place where it was taken (R25, R63).

    Its colours are converted by its profile, and transparent areas become white (X20).
    """
    with _opened(content) as image:
        upright = _upright(image, scaled(image, content, LONG_SIDE))
        upright.info.clear()  # a comment would be saved again, and may name the place
        buffer = io.BytesIO()
        upright.save(buffer, "JPEG", quality=88)
        return buffer.getvalue()


def measure(content: bytes) -> Measures:
    """How light and how sharp the picture is, independent of its size in pixels (R35).

    Sharpness is the variance of the Laplacian in the sharpest of the parts, so that a bouquet in focus in
    front of a blurred wall counts as sharp.
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
    """Rotated by its EXIF orientation; unchanged where that cannot be read."""
    from PIL import ExifTags, ImageOps

    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        shown.getexif()[ExifTags.Base.Orientation] = orientation
        return ImageOps.exif_transpose(shown)
    except (SyntaxError, ValueError, TypeError):  # Pillow raises SyntaxError for a broken header
        return shown


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    """Open the picture and check its size. Errors inside count as the file's fault.

    Exceptions are an OSError with a number, which the machine causes, and a MemoryError.
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
    except Exception as error:  # a decoder may raise anything on a damaged file
        raise NotAPictureError from error


def _refuse(excess: Excess | None) -> None:
    if excess is not None:
        raise TooManyPixelsError(excess)


@cache
def _prepare() -> None:
    """Cached: a second call would register HEIF again. Pillow's size limit is replaced by our own."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
