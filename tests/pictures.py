"""Generated picture files for tests."""

from __future__ import annotations

import io

import pillow_heif
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

pillow_heif.register_heif_opener()


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (800, 600), colour: str = "#d6336c") -> bytes:
    """A picture file of this kind (JPEG, PNG, WEBP, HEIF); different colours give different files."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def a_jpeg(colour: str = "#d6336c") -> bytes:
    """A JPEG photo."""
    return a_picture("JPEG", colour=colour)


def a_bouquet() -> bytes:
    """A recognisable bouquet, for pictures in the documentation."""
    image = Image.new("RGB", (960, 720), "#efe6dc")
    draw = ImageDraw.Draw(image)
    for x in range(-3, 4):
        draw.line((480, 690, 480 + x * 60, 330), fill="#5b8c5a", width=10)
    petals = ("#f7b6c8", "#ef8fae", "#fbdbe4", "#e8759c")
    for index, (x, y) in enumerate(
        ((330, 330), (630, 330), (420, 220), (540, 220), (480, 340), (380, 430), (580, 430))
    ):
        for ring, colour in enumerate(petals):
            radius = 105 - ring * 24
            shift = (index * 5 + ring * 7) % 11 - 5
            draw.ellipse((x - radius + shift, y - radius, x + radius + shift, y + radius), fill=colour)
    draw.polygon(((360, 500), (600, 500), (520, 715), (440, 715)), fill="#c9a36a")
    draw.rectangle((640, 520, 830, 640), fill="#ffffff", outline="#c9a36a", width=4)
    return _jpeg(image)


def a_dark_photo() -> bytes:
    """The bouquet nearly black, at 4 % of white."""
    return _jpeg(ImageEnhance.Brightness(Image.open(io.BytesIO(a_bouquet()))).enhance(0.05))


def a_blurred_photo() -> bytes:
    """The bouquet blurred, without edges."""
    return _jpeg(Image.open(io.BytesIO(a_bouquet())).filter(ImageFilter.GaussianBlur(12)))


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
