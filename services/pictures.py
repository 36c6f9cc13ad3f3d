"""Is this a picture, and which? Told by its content, never by its name."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
"""MPO is a JPEG that holds further pictures behind the first, as many phones write it."""

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
        buffer = io.BytesIO()
        upright.save(buffer, "JPEG", quality=88)
        return buffer.getvalue()


def _upright(image: Image.Image) -> Image.Image:
    """By its metadata; where those cannot be read, the picture is shown as it lies."""
    try:
        return ImageOps.exif_transpose(image)
    except (SyntaxError, ValueError):  # SyntaxError is what Pillow raises for a broken header
        return image


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
            image.load()
            return image
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise NotAPictureError from error
