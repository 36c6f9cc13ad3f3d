from __future__ import annotations

import asyncio
import errno
import hashlib
import os
from pathlib import Path

import pytest

from storage.db.errors import PhotoMissing, PhotosUnavailable
from storage.photo.photo_files import Kept, PhotoFiles
from tests.builders import NOON

JPEG = b"\xff\xd8\xff\xe0 a picture \xff\xd9"
SHA = hashlib.sha256(JPEG).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def files(root: Path) -> PhotoFiles:
    return PhotoFiles(root)


def names(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


async def test_a_photo_is_kept_under_its_content(files: PhotoFiles, root: Path) -> None:
    kept = await files.keep(JPEG, "jpg")
    assert kept == Kept(SHA, f"incoming/{SHA}.jpg")
    assert (root / kept.path).read_bytes() == JPEG
    assert await files.read(kept.path) == JPEG


async def test_the_same_photo_twice_is_one_file(files: PhotoFiles, root: Path) -> None:
    kept = await asyncio.gather(*(files.keep(JPEG, ".JPG") for _ in range(4)))
    assert len(set(kept)) == 1
    assert names(root) == [f"incoming/{SHA}.jpg"]


async def test_a_photo_settles_at_its_order(files: PhotoFiles, root: Path) -> None:
    kept = await files.keep(JPEG, "jpg")
    path = await files.settle(kept.path, "25836184", 2, NOON)
    assert path == f"2026/03/25836184/2-{SHA}.jpg"
    assert await files.read(path) == JPEG
    await files.discard_incoming(kept.path)
    assert names(root) == [path]


async def test_settling_and_discarding_again_change_nothing(files: PhotoFiles, root: Path) -> None:
    kept = await files.keep(JPEG, "jpg")
    paths = [await files.settle(kept.path, "1", 1, NOON) for _ in range(2)]
    assert len(set(paths)) == 1
    for _ in range(2):
        await files.discard_incoming(kept.path)
    assert names(root) == [paths[0]]


async def test_a_disk_without_hard_links_gets_a_second_file(
    files: PhotoFiles, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    kept = await files.keep(JPEG, "jpg")
    path = await files.settle(kept.path, "1", 1, NOON)
    await files.discard_incoming(kept.path)
    assert (root / path).read_bytes() == JPEG


async def test_a_photo_that_could_not_be_written_has_no_name(
    files: PhotoFiles, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_handle: int) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(PhotosUnavailable, match="no space"):
            await files.keep(JPEG, "jpg")
    assert names(root) == []
    assert (await files.keep(JPEG, "jpg")).sha256 == SHA


@pytest.mark.parametrize(
    ("number", "folder"),
    [
        ("25836184", "25836184"),
        ("../../etc", "_etc"),
        ("А-12/б", "А-12_б"),
        ("", "_"),
        ("..", "_"),
        ("\0🌷", "_"),
        ("9" * 500, "9" * 60),
    ],
)
async def test_any_number_makes_a_safe_folder(
    files: PhotoFiles, root: Path, number: str, folder: str
) -> None:
    kept = await files.keep(JPEG, "jpg")
    path = await files.settle(kept.path, number, 1, NOON)
    assert path == f"2026/03/{folder}/1-{SHA}.jpg"
    assert (root / path).is_file()


@pytest.mark.parametrize(
    ("extension", "ending"), [(".HEIC", "heic"), ("../../sh", "sh"), ("", "bin"), ("/\0", "bin")]
)
async def test_any_extension_makes_a_safe_name(files: PhotoFiles, extension: str, ending: str) -> None:
    assert (await files.keep(JPEG, extension)).path == f"incoming/{SHA}.{ending}"


OUTSIDE = ["../secret", "/etc/passwd", "incoming/../../secret", "link.jpg", "a\0b", "nowhere.jpg", ""]


@pytest.fixture
def secret(root: Path) -> Path:
    """A file beside the photos, and a link to it among them."""
    root.mkdir()
    found = root.parent / "secret"
    found.write_text("not a photo")
    (root / "link.jpg").symlink_to(found)
    return found


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("path", OUTSIDE)
async def test_nothing_outside_is_ever_read(files: PhotoFiles, path: str) -> None:
    with pytest.raises(PhotoMissing) as missing:
        await files.read(path)
    assert missing.value.path == path
    with pytest.raises(PhotoMissing):
        await files.settle(path, "1", 1, NOON)


async def test_only_incoming_files_are_discarded(files: PhotoFiles, root: Path) -> None:
    kept = await files.keep(JPEG, "jpg")
    path = await files.settle(kept.path, "1", 1, NOON)
    for settled in (path, f"incoming/../{path}", "../secret"):
        with pytest.raises(PhotoMissing):
            await files.discard_incoming(settled)
    assert (root / path).exists()


@pytest.fixture
def blocked(root: Path) -> Path:
    root.write_text("a file in the place of the folder")
    return root


@pytest.mark.requirement("X20")
async def test_a_folder_that_takes_no_photo_is_reported_each_time(blocked: Path) -> None:
    told: list[str] = []
    files = PhotoFiles(blocked, told.append)
    for count in (1, 2):
        with pytest.raises(PhotosUnavailable, match=str(blocked)):
            await files.keep(JPEG, "jpg")
        assert len(told) == count
        assert str(blocked) in told[-1]


@pytest.mark.requirement("X20")
async def test_a_disk_that_does_not_give_a_photo_has_not_lost_it(
    files: PhotoFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await files.keep(b"photo", "jpg")

    def fail(_path: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(PhotosUnavailable, match="Input/output error"):
        await files.read(kept.path)


async def test_those_that_are_not_there_are_named(files: PhotoFiles) -> None:
    kept = await files.keep(b"photo", "jpg")
    assert await files.missing([kept.path, "2026/03/1/1-none.jpg", "../outside.jpg"]) == [
        "2026/03/1/1-none.jpg",
        "../outside.jpg",
    ]
