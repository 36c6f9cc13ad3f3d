"""Decodes a picture to about the needed size, in sRGB, on white, within limited memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from services.photo.image_sizes import draft_size

if TYPE_CHECKING:
    from PIL import Image
    from PIL.Image import Resampling
    from PIL.ImageCms import ImageCmsProfile

_BAND = 64
"""Rows of the scaled picture that are processed at a time."""
_SPARE = 1.5
"""The first, coarse scaling leaves the picture larger by this factor; the rest is scaled with more care."""
_16_BITS_IN_8 = 1 / 257


def scaled(
    image: Image.Image, content: bytes, side: int, resampling: Resampling | None = None
) -> Image.Image:
    """The file's first picture in RGB, at most `side` pixels long; a smaller one keeps its size.

    Raises any error of its decoder on a damaged file.
    """
    if image.format in {"JPEG", "MPO"}:
        image.draft(None, draft_size(image, side))
    profile = image.info.get("icc_profile")
    share = max(1, int(max(image.size) / (_SPARE * side)))
    small = _joined(_bands(image, content, share), image, share)
    small.thumbnail((side, side), *(() if resampling is None else (resampling,)))
    return _on_white(_in_srgb(small, profile))


def _bands(image: Image.Image, content: bytes, share: int) -> Iterator[Image.Image]:
    """Bands from top to bottom, each scaled to `1/share`: the whole picture would take too much memory."""
    height, rows = image.height, _BAND * share
    if image.format == "HEIF":
        bands = _heif_bands(content, rows)
    else:
        image.load()
        bands = (image.crop((0, top, image.width, min(height, top + rows))) for top in range(0, height, rows))
    for band in bands:
        plain = _plain(band)
        yield plain.reduce(share) if share > 1 else plain


def _heif_bands(content: bytes, rows: int) -> Iterator[Image.Image]:
    """Bands of a HEIF, without the second copy that Pillow would make of it."""
    import pillow_heif
    from PIL import Image

    picture = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
    (width, height), mode, data, stride = picture.size, picture.mode, picture.data, picture.stride
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        lines = data[top * stride : bottom * stride]
        yield Image.frombuffer(mode, (width, bottom - top), bytes(lines), "raw", mode, stride, 1)


def _joined(bands: Iterator[Image.Image], image: Image.Image, share: int) -> Image.Image:
    from PIL import Image as Images

    first = next(bands)
    whole = Images.new(first.mode, (first.width, -(-image.height // share)))
    whole.paste(first, (0, 0))
    for place, band in enumerate(bands, start=1):
        whole.paste(band, (0, place * _BAND))
    return whole


def _plain(band: Image.Image) -> Image.Image:
    """The band in a mode that can be scaled and that a colour profile may describe."""
    if band.mode.startswith(("I", "F")):
        return band.point(lambda value: value * _16_BITS_IN_8 + 0).convert("L")
    if "transparency" in band.info or band.mode in {"LA", "La", "PA", "RGBa"}:
        return band.convert("RGBA")
    if band.mode in {"L", "RGB", "RGBA", "CMYK"}:
        return band
    return band.convert("L" if band.mode == "1" else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert by the colour profile: iPhones use reds outside of sRGB. A broken profile is ignored."""
    if profile:
        from PIL import ImageCms

        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            of_file = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            changed = ImageCms.profileToProfile(image, of_file, _srgb(), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            changed = None
        if changed is not None:
            return changed
    return image if image.mode == "RGBA" else image.convert("RGB")


@cache
def _srgb() -> ImageCmsProfile:
    from PIL import ImageCms

    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def _on_white(image: Image.Image) -> Image.Image:
    from PIL import Image as Images

    if image.mode != "RGBA":
        return image
    white = Images.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white
