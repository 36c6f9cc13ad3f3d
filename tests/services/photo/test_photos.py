from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from orders.model.order import Order
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from services.order.desk import Desk
from services.photo.image_checks import NotAPictureError
from services.photo.photos import Photos
from storage.db.database import Database
from storage.db.errors import PhotoMissing
from storage.photo.photo_files import PhotoFiles
from tests.builders import MANAGER, NOON, SELLER
from tests.pictures import a_jpeg, a_picture
from tests.services.workplace import Clock, receive

RED, BLUE = a_jpeg("#ff0000"), a_jpeg("#0000ff")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def photos(database: Database, folder: Path, desk: Desk, clock: Clock) -> Photos:
    return Photos(database, PhotoFiles(folder), desk, clock)


@pytest.fixture
async def order(desk: Desk) -> Order:
    """An order that Оля assembles."""
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    return await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)


def files(folder: Path) -> dict[str, bytes]:
    """Each file by its path, but the folder of the incoming ones."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "incoming"
    }


def incoming(folder: Path) -> int:
    return len(list((folder / "incoming").glob("*")))


@pytest.mark.requirement("R23", "R25")
async def test_a_photo_moves_the_order_and_lies_on_disk_as_it_came(
    photos: Photos, order: Order, folder: Path
) -> None:
    kept = await photos.keep(RED)
    assert incoming(folder) == 1
    changed = await photos.attach(order.id, kept, SELLER)
    assert changed.status is Status.PHOTO
    [photo] = changed.progress.photos
    assert photo.path == f"2026/03/{order.number}/1-{kept.sha256}.jpg"
    assert files(folder) == {photo.path: RED}
    assert incoming(folder) == 0


@pytest.mark.requirement("R33")
async def test_each_version_has_its_own_file_and_the_newest_is_shown(
    photos: Photos, order: Order, folder: Path
) -> None:
    for content in (RED, BLUE):
        order = await photos.attach(order.id, await photos.keep(content), SELLER)
    assert [photo.version for photo in order.progress.photos] == [1, 2]
    assert set(files(folder).values()) == {RED, BLUE}
    shown = await photos.shown(order.progress.photos[-1])
    red, _, blue = Image.open(io.BytesIO(shown)).convert("RGB").resize((1, 1)).tobytes()
    assert blue > 200 > red


@pytest.mark.requirement("R25")
async def test_a_heic_stays_whole_on_disk_and_is_shown_as_a_jpeg(
    photos: Photos, order: Order, folder: Path
) -> None:
    heic = a_picture("HEIF")
    order = await photos.attach(order.id, await photos.keep(heic), SELLER)
    [(path, content)] = files(folder).items()
    assert path.endswith(".heic")
    assert content == heic
    shown = await photos.shown(order.progress.photos[-1])
    assert Image.open(io.BytesIO(shown)).format == "JPEG"


@pytest.mark.requirement("R23")
async def test_a_photo_that_the_order_does_not_take_stays_where_it_was_kept(
    photos: Photos, desk: Desk, folder: Path
) -> None:
    order = await receive(desk, NOON)
    kept = await photos.keep(RED)
    with pytest.raises(Refusal) as refused:
        await photos.attach(order.id, kept, MANAGER)
    assert refused.value.reason is Reason.NOT_NOW
    assert files(folder) == {}
    await desk.do(order.id, do.Accept(), MANAGER)
    assert (await photos.attach(order.id, kept, MANAGER)).status is Status.PHOTO


@pytest.mark.requirement("R14")
async def test_a_photo_for_an_order_of_somebody_else_finds_no_order(
    photos: Photos, desk: Desk, folder: Path
) -> None:
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    with pytest.raises(Refusal) as refused:
        await photos.attach(order.id, await photos.keep(RED), SELLER)
    assert refused.value.reason is Reason.NOT_FOUND
    assert files(folder) == {}


@pytest.mark.requirement("X3")
async def test_the_same_photo_twice_is_one_version_and_its_file_stays(
    photos: Photos, order: Order, folder: Path
) -> None:
    order = await photos.attach(order.id, await photos.keep(RED), SELLER)
    with pytest.raises(Refusal) as refused:
        await photos.attach(order.id, await photos.keep(RED), SELLER)
    assert refused.value.reason is Reason.SAME_PHOTO
    assert files(folder) == {order.progress.photos[0].path: RED}
    assert incoming(folder) == 0


@pytest.mark.requirement("X3")
async def test_two_people_who_send_the_same_photo_at_once_lose_nothing(
    photos: Photos, order: Order, folder: Path, desk: Desk
) -> None:
    kept = await photos.keep(RED)
    answers = await asyncio.gather(
        photos.attach(order.id, kept, SELLER),
        photos.attach(order.id, kept, MANAGER),
        return_exceptions=True,
    )
    [won] = [answer for answer in answers if isinstance(answer, Order)]
    [lost] = [answer for answer in answers if not isinstance(answer, Order)]
    assert isinstance(lost, Refusal | PhotoMissing)
    assert (await desk.look(order.id, MANAGER)).progress.photos == won.progress.photos
    assert files(folder)[won.progress.photos[0].path] == RED


@pytest.mark.requirement("X3")
async def test_two_people_who_send_different_photos_at_once_make_two_versions(
    photos: Photos, order: Order, folder: Path, desk: Desk
) -> None:
    red, blue = await photos.keep(RED), await photos.keep(BLUE)
    await asyncio.gather(photos.attach(order.id, red, SELLER), photos.attach(order.id, blue, MANAGER))
    found = (await desk.look(order.id, MANAGER)).progress.photos
    assert [photo.version for photo in found] == [1, 2]
    assert {files(folder)[photo.path] for photo in found} == {RED, BLUE}


@pytest.mark.parametrize("content", [b"", b"not a picture", a_picture("GIF"), RED[:400]])
async def test_what_is_no_picture_is_not_kept(photos: Photos, folder: Path, content: bytes) -> None:
    with pytest.raises(NotAPictureError):
        await photos.keep(content)
    assert (files(folder), incoming(folder)) == ({}, 0)


@pytest.mark.requirement("R25", "X3")
async def test_a_photo_waits_until_its_sender_has_named_the_order(
    photos: Photos, order: Order, folder: Path
) -> None:
    waiting, _ = await photos.wait(await photos.keep(RED), 3)
    assert await photos.attach_waiting(waiting.id, order.id, MANAGER) is None  # it is not hers
    changed = await photos.attach_waiting(waiting.id, order.id, SELLER)
    assert changed is not None
    assert files(folder) == {changed.progress.photos[0].path: RED}
    assert await photos.attach_waiting(waiting.id, order.id, SELLER) is None  # it waits no more


@pytest.mark.requirement("X3")
async def test_a_waiting_photo_that_is_refused_goes_on_waiting(
    photos: Photos, order: Order, desk: Desk
) -> None:
    other = await receive(desk, NOON)
    waiting, _ = await photos.wait(await photos.keep(RED), 3)
    with pytest.raises(Refusal):
        await photos.attach_waiting(waiting.id, other.id, SELLER)
    assert await photos.attach_waiting(waiting.id, order.id, SELLER) is not None


@pytest.mark.requirement("R25", "X3")
async def test_the_photos_of_an_album_wait_for_one_answer_and_go_together(
    photos: Photos, order: Order, desk: Desk, folder: Path
) -> None:
    first, is_first = await photos.wait(await photos.keep(RED), 3, "album")
    _, is_second_first = await photos.wait(await photos.keep(BLUE), 3, "album")
    _, is_again_first = await photos.wait(await photos.keep(RED), 3, "album")
    stranger, is_strangers_first = await photos.wait(await photos.keep(BLUE), 2, "album")
    assert (is_first, is_second_first, is_again_first, is_strangers_first) == (True, False, False, True)
    other = await receive(desk, NOON)
    with pytest.raises(Refusal):
        await photos.attach_waiting(first.id, other.id, SELLER)
    changed = await photos.attach_waiting(first.id, order.id, SELLER)
    assert changed is not None
    assert [files(folder)[photo.path] for photo in changed.progress.photos] == [RED, BLUE]
    with pytest.raises(Refusal):
        await photos.attach_waiting(stranger.id, order.id, MANAGER)
    assert await photos.attach_waiting(first.id, order.id, SELLER) is None


@pytest.mark.requirement("R23", "R25")
async def test_a_photo_of_another_order_is_moved_with_its_album_and_its_files(
    photos: Photos, order: Order, desk: Desk, folder: Path
) -> None:
    other = await receive(desk, NOON)
    await desk.do(other.id, do.Accept(), MANAGER)
    for content in (RED, BLUE):
        await photos.attach(order.id, await photos.keep(content), MANAGER, "album")
    moved = await photos.move(order.id, 2, other.id, MANAGER)
    assert (moved.source.status, moved.target.status, moved.version) == (Status.ACCEPTED, Status.PHOTO, 1)
    found = moved.target.progress.photos
    assert [files(folder)[photo.path] for photo in found] == [RED, BLUE]
    assert all(f"/{other.number}/" in photo.path for photo in found)
    back = await photos.move(other.id, 1, order.id, MANAGER)
    assert [photo.sha256 for photo in back.target.progress.photos] == [photo.sha256 for photo in found]
    assert back.source.progress.photos == ()


@pytest.mark.requirement("R14", "R23")
async def test_where_one_of_the_two_orders_refuses_neither_is_changed(
    photos: Photos, order: Order, desk: Desk
) -> None:
    new = await receive(desk, NOON)
    before = await photos.attach(order.id, await photos.keep(RED), MANAGER)
    for version, target, reason in (
        (1, new.id, Reason.NOT_NOW),
        (2, new.id, Reason.NOT_NOW),
        (1, order.id, Reason.ALREADY),
    ):
        with pytest.raises(Refusal) as refused:
            await photos.move(order.id, version, target, MANAGER)
        assert refused.value.reason is reason
    with pytest.raises(Refusal) as refused:
        await photos.move(order.id, 1, new.id, SELLER)
    assert refused.value.reason is Reason.NOT_FOUND
    assert (await desk.look(order.id, MANAGER), await desk.look(new.id, MANAGER)) == (before, new)
