from __future__ import annotations

import errno
import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from services.photo.image_checks import (
    LONG_SIDE,
    NotAPictureError,
    Picture,
    TooManyPixelsError,
    as_jpeg,
    inspect,
    measure,
)
from tests.pictures import a_blurred_photo, a_bouquet, a_dark_photo, a_jpeg, a_picture

SAMPLES = Path(__file__).parents[2] / "samples"
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "heic"}
ORIENTATION, GPS = 0x0112, 0x8825
RED, BLUE = (255, 0, 0), (0, 0, 255)


def a_phone_photo(kind: str, orientation: int = 6) -> bytes:
    """Red on the left, blue on the right, turned by the camera, with the place where it was taken."""
    image = Image.new("RGB", (200, 100), "red")
    image.paste(Image.new("RGB", (100, 100), "blue"), (100, 0))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (55.0, 45.0, 0.0)
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif, quality=95)
    return buffer.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


def a_png_bomb(side: int, colours: int = 0) -> bytes:
    """A few kilobytes that want a picture of `side` squared pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, colours, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(100_000), 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.requirement("R25")
@pytest.mark.parametrize("kind", KINDS)
def test_the_pictures_of_phones_are_known_by_their_content(kind: str) -> None:
    assert inspect(a_picture(kind, (640, 480))) == Picture(KINDS[kind], 640, 480)


@pytest.mark.requirement("R25")
def test_a_jpeg_with_a_second_picture_behind_it_is_a_jpeg() -> None:
    buffer = io.BytesIO()
    first, second = Image.new("RGB", (64, 48), "red"), Image.new("RGB", (32, 24), "blue")
    first.save(buffer, "MPO", save_all=True, append_images=[second])
    assert inspect(buffer.getvalue()) == Picture("jpg", 64, 48)
    assert opened(as_jpeg(buffer.getvalue())).size == (64, 48)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_was_cut_off_is_refused(kind: str) -> None:
    image = Image.effect_noise((200, 150), 80).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    content = buffer.getvalue()
    for share in (0, 0.05, 0.3, 0.6, 0.9):
        with pytest.raises(NotAPictureError):
            inspect(content[: int(len(content) * share)])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just a text that calls itself photo.jpg",
        "Привет".encode(),
        b"%PDF-1.7\n%",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff\xe0" + bytes(100),
        a_picture("GIF"),
        a_picture("BMP"),
        a_picture("TIFF"),
    ],
    ids=["empty", "text", "russian", "pdf", "svg", "jpeg head", "gif", "bmp", "tiff"],
)
def test_what_is_no_photo_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(NotAPictureError):
        inspect(content)
    with pytest.raises(NotAPictureError):
        as_jpeg(content)


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("side", [15_000, 60_000])
def test_a_small_file_that_wants_all_the_memory_is_refused_for_its_pixels(side: int) -> None:
    bomb = a_png_bomb(side)
    assert len(bomb) < 10_000
    with pytest.raises(TooManyPixelsError) as caught:
        inspect(bomb)
    assert (caught.value.excess.megapixels, caught.value.excess.most) == (side * side // 1_000_000, 210)


def a_webp_header(size: tuple[int, int]) -> bytes:
    """The picture with another size in its header: what is decided by it needs no more."""
    content = a_picture("WEBP", (16, 16))
    at = content.index(b"VP8 ") + 14
    return content[:at] + struct.pack("<HH", *size) + content[at + 4 :]


@pytest.mark.requirement("X22")
@pytest.mark.parametrize(
    ("content", "found", "most"),
    [(a_webp_header((5_000, 4_000)), 20, 16), (a_png_bomb(9_400, colours=2), 88, 52)],
    ids=["webp", "png"],
)
def test_what_cannot_be_scaled_while_it_is_decoded_is_refused_for_its_pixels(
    content: bytes, found: int, most: int
) -> None:
    with pytest.raises(TooManyPixelsError) as caught:
        inspect(content)
    assert (caught.value.excess.megapixels, caught.value.excess.most) == (found, most)


def a_jpeg_of_many(size: tuple[int, int], *, progressive: bool = False) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", size, 200).convert("RGB").save(buffer, "JPEG", quality=30, progressive=progressive)
    return buffer.getvalue()


@pytest.mark.requirement("R25", "X22")
def test_the_jpeg_of_a_108_megapixel_phone_is_kept_and_shown_smaller() -> None:
    photo = a_jpeg_of_many((12_000, 9_000))
    assert inspect(photo) == Picture("jpg", 12_000, 9_000)
    assert opened(as_jpeg(photo)).size == (LONG_SIDE, LONG_SIDE * 3 // 4)
    assert measure(photo).light == 78


@pytest.mark.requirement("X22")
def test_a_progressive_jpeg_is_refused_where_it_cannot_be_scaled_while_decoded() -> None:
    assert inspect(a_jpeg_of_many((4_000, 3_000), progressive=True)).width == 4_000
    with pytest.raises(TooManyPixelsError):
        inspect(a_jpeg_of_many((12_000, 9_000), progressive=True))


def with_profile(kind: str, image: Image.Image, profile: bytes) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, icc_profile=profile, quality=98)
    return buffer.getvalue()


@pytest.mark.requirement("X20")
@pytest.mark.parametrize("kind", KINDS)
def test_the_reds_of_an_iphone_are_shown_as_they_are(kind: str) -> None:
    profile = (SAMPLES / "display-p3.icc").read_bytes()
    shown = opened(as_jpeg(with_profile(kind, Image.new("RGB", (64, 64), (210, 40, 70)), profile)))
    pixel = shown.getpixel((32, 32))
    assert isinstance(pixel, tuple)
    assert all(abs(one - other) < 6 for one, other in zip(pixel, (229, 0, 65), strict=True))
    assert "icc_profile" not in shown.info


def test_a_broken_profile_or_one_for_other_colours_is_left_out() -> None:
    red, grey = Image.new("RGB", (64, 64), (210, 40, 70)), Image.new("L", (64, 64), 100)
    profile = (SAMPLES / "display-p3.icc").read_bytes()
    for image, icc in ((red, b"no profile"), (red, profile[:100]), (grey, profile)):
        assert opened(as_jpeg(with_profile("PNG", image, icc))).mode == "RGB"


@pytest.mark.requirement("X20", "R35")
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("side", [400, 4_000])
def test_what_is_transparent_is_shown_and_measured_as_white(kind: str, side: int) -> None:
    cut_out = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    cut_out.paste((255, 0, 0, 255), (0, 0, side // 4, side // 4))
    buffer = io.BytesIO()
    cut_out.save(buffer, kind, lossless=True)
    shown = opened(as_jpeg(buffer.getvalue()))
    assert is_near(shown.getpixel((shown.width - 5, 5)), (255, 255, 255))
    assert is_near(shown.getpixel((5, 5)), RED)
    assert measure(buffer.getvalue()).light > 90


@pytest.mark.requirement("X20")
def test_pictures_of_rare_modes_show_what_they_hold() -> None:
    sixteen = Image.new("I;16", (40, 20), 32_768)
    palette = Image.new("RGB", (40, 20), "blue").quantize(4)
    palette.info["transparency"] = 0
    for image, colour in ((sixteen, (128, 128, 128)), (palette, (255, 255, 255))):
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        assert is_near(opened(as_jpeg(buffer.getvalue())).getpixel((20, 10)), colour)
    buffer = io.BytesIO()
    Image.new("CMYK", (40, 20), (0, 255, 255, 0)).save(buffer, "JPEG")
    assert is_near(opened(as_jpeg(buffer.getvalue())).getpixel((20, 10)), RED)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_shown(kind: str) -> None:
    buffer = io.BytesIO()
    first, second = Image.new("RGB", (40, 20), "red"), Image.new("RGB", (40, 20), "blue")
    first.save(buffer, kind, save_all=True, append_images=[second], duration=100, quality=95)
    assert is_near(opened(as_jpeg(buffer.getvalue())).getpixel((20, 10)), RED)


@pytest.mark.requirement("X20")
@pytest.mark.parametrize(
    "error",
    [
        SyntaxError("broken"),
        EOFError(),
        struct.error("unpack"),
        zlib.error("-3"),
        KeyError(1),
        OSError("cut"),
    ],
)
def test_whatever_a_decoder_says_of_a_damaged_file_it_is_no_picture(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("services.photo.image_checks.scaled", fail)
    for function in (inspect, as_jpeg, measure):
        with pytest.raises(NotAPictureError):
            function(a_jpeg())


@pytest.mark.requirement("X20")
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EMFILE, errno.EACCES, errno.EIO])
def test_an_error_of_the_machine_is_not_put_on_the_picture(
    code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, "of the machine")

    monkeypatch.setattr("services.photo.image_checks.scaled", fail)
    with pytest.raises(OSError, match="of the machine") as caught:
        inspect(a_jpeg())
    assert caught.value.errno == code


def test_a_png_that_is_damaged_inside_is_no_picture() -> None:
    whole = a_picture("PNG", (300, 200))
    for broken in (
        whole[:33] + b"\x00\x00\xff\xffjunk" + whole[41:],
        whole[:41] + b"\xff" * 20 + whole[61:],
    ):
        with pytest.raises(NotAPictureError):
            inspect(broken)


@pytest.mark.filterwarnings("ignore:.*(EXIF|Tag data|Truncated).*")
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_a_picture_or_is_refused_and_nothing_else(kind: str) -> None:
    content, chance = a_phone_photo(kind), random.Random(kind)
    for _ in range(100):
        damaged = bytearray(content)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            inspect(bytes(damaged))
        except NotAPictureError:
            continue
        as_jpeg(bytes(damaged))  # what was kept can be shown


def test_a_picture_with_unreadable_metadata_is_shown_as_it_lies() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(buffer, "WEBP", exif=b"Exif\0\0MM\xcf*\0\0\0\x08")
    assert inspect(buffer.getvalue()).extension == "webp"
    assert opened(as_jpeg(buffer.getvalue())).size == (60, 30)


@pytest.mark.requirement("R25", "R63")
@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_a_picture_is_shown_upright_and_without_where_it_was_taken(kind: str) -> None:
    photo = a_phone_photo(kind)
    assert opened(photo).getexif().get_ifd(GPS)
    shown = opened(as_jpeg(photo))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (100, 200))
    assert is_near(shown.getpixel((50, 20)), RED)
    assert is_near(shown.getpixel((50, 180)), BLUE)
    assert dict(shown.getexif()) == {}
    assert b"Exif" not in as_jpeg(photo)


@pytest.mark.requirement("R25")
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_a_jpeg_that_telegram_can_show(kind: str) -> None:
    shown = opened(as_jpeg(a_picture(kind, (640, 480))))
    assert (shown.format, shown.size) == ("JPEG", (640, 480))


def test_a_large_picture_is_made_smaller_and_keeps_its_form() -> None:
    shown = opened(as_jpeg(a_picture("JPEG", (5_120, 2_560))))
    assert shown.size == (LONG_SIDE, LONG_SIDE // 2)
    assert opened(as_jpeg(a_jpeg())).size == (800, 600)


def test_a_picture_with_transparency_or_few_colours_is_shown_too() -> None:
    for mode in ("RGBA", "P", "L", "1", "LA"):
        buffer = io.BytesIO()
        Image.new(mode, (40, 20)).save(buffer, "PNG")
        assert opened(as_jpeg(buffer.getvalue())).mode == "RGB"


@pytest.mark.requirement("R35")
def test_light_and_sharpness_are_measured_whatever_the_kind_and_the_size() -> None:
    found = {"good": a_bouquet(), "dark": a_dark_photo(), "blurred": a_blurred_photo()}
    figures = {name: measure(content) for name, content in found.items()}
    assert [figures[name].light for name in found] == [87, 4, 87]
    assert (figures["good"].sharpness or 0) > 100
    assert (figures["blurred"].sharpness or 0) < 5
    large = opened(a_bouquet()).resize((1_200, 900))
    for kind in KINDS:
        buffer = io.BytesIO()
        large.save(buffer, kind, quality=90)
        same = measure(buffer.getvalue())
        assert abs(same.light - 87) <= 1
        assert (same.sharpness or 0) > 100
    assert measure(a_jpeg()).sharpness is None
    assert measure(a_picture("PNG", (1, 1))).light == 42


@pytest.mark.requirement("R63")
def test_neither_a_comment_nor_other_words_of_the_camera_are_shown() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 30), "red").save(buffer, "JPEG", comment=b"Lesnaya 5", xmp=b"<x>Lesnaya 5</x>")
    assert b"Lesnaya" in buffer.getvalue()
    assert b"Lesnaya" not in as_jpeg(buffer.getvalue())
