"""Estimates the memory that decoding a picture takes, from its header alone (X22)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 210_000_000
"""Limit for the decoded picture; everything computed from it takes a third of that."""
MOST_PIXELS = 300_000_000
"""A JPEG is scaled down while it is decoded, but each of its pixels takes time."""
LARGEST_SCALE = 8
"""A JPEG can be decoded at a half, a quarter or an eighth of its size."""
_DECODED_SIDE = 2560

_BYTES_OF_MODE = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
_OTHER_MODE = 4
_WEBP_BYTES = 13
"""Per pixel: two canvases and the frame."""
_HEIF_BYTES = 4.2
"""Per pixel: the planes and the picture in RGB; with transparency one more."""
_COEFFICIENT = 2
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Excess:
    """The megapixels of a picture, and the limit for its format."""

    megapixels: int
    most: int


def excess_of_file(content: bytes) -> Excess | None:
    """The excess that must be known before Pillow opens the file; None when it may open it."""
    size = _webp_size(content)
    return _excess(size[0] * size[1], _WEBP_BYTES) if size else None


def excess_of(image: Image.Image) -> Excess | None:
    """The excess of a picture that is open and not yet decoded; None when it may be decoded."""
    if image.format in {"JPEG", "MPO"}:
        return _excess_of_jpeg(image)
    if image.format == "HEIF":
        return _excess(image.width * image.height, _HEIF_BYTES + (image.mode == "RGBA"))
    if image.format == "WEBP":
        return None  # checked before it was opened
    return _excess(image.width * image.height, _BYTES_OF_MODE.get(image.mode, _OTHER_MODE))


def draft_size(image: Image.Image, side: int) -> tuple[int, int]:
    """The minimum size at which to decode a JPEG, so that its long side has `side` pixels."""
    share = min(1.0, side / max(image.size))
    return max(1, int(image.width * share)), max(1, int(image.height * share))


def _excess(pixels: int, bytes_each: float, most: int = MOST_PIXELS) -> Excess | None:
    limit = min(most, MOST_BYTES / bytes_each)
    return Excess(round(pixels / _MEGA), int(limit / _MEGA)) if pixels > limit else None


def _excess_of_jpeg(image: Image.Image) -> Excess | None:
    width, height = draft_size(image, _DECODED_SIDE)
    share = min(image.width // width, image.height // height)
    scale = min(LARGEST_SCALE, 1 << (share.bit_length() - 1))
    return _excess(image.width * image.height, _OTHER_MODE / scale**2 + _coefficients(image))


def _coefficients(image: Image.Image) -> float:
    """Bytes per pixel that a progressive JPEG takes while it is assembled, by its sampling."""
    if not image.info.get("progressive"):
        return 0
    layers = [(int(across), int(down)) for _id, across, down, *_ in getattr(image, "layer", ())]
    most = max((across for across, _ in layers), default=1) * max((down for _, down in layers), default=1)
    return _COEFFICIENT * sum(across * down for across, down in layers) / max(1, most)


def _webp_size(content: bytes) -> tuple[int, int] | None:
    """The canvas of a WebP; None for any other file. Pillow allocates it as soon as the file is opened."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:  # noqa: PLR2004 - its header
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    across, down = struct.unpack_from("<HH", content, 26)
    return across & 0x3FFF, down & 0x3FFF
