"""Photos: stored on disk first, then attached to an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from orders.model.details import Paper
from orders.model.order import Order
from orders.model.people import Actor, client_of
from orders.model.photo import Photo
from orders.model.refusals import Reason, Refusal
from orders.photo.quality import Measures
from orders.steps.commands import AttachPhoto, Command, PhotoShown, TakePhotosAway
from orders.steps.delivery_commands import AttachProof
from services.files.heavy_work import HeavyWork, NoHandsError, TooHeavyError
from services.health.metrics import Metrics
from services.order.desk import Desk
from services.photo.image_checks import NotAPictureError, as_jpeg, inspect, measure
from storage.db.database import Database
from storage.db.errors import PhotoMissing
from storage.photo import unassigned_photos
from storage.photo.photo_files import Kept, PhotoFiles
from storage.photo.unassigned_photos import WaitingPhoto

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Moved:
    """The order that had the photo, the order that has it now, and its version there."""

    source: Order
    target: Order
    version: int


def sent_together(order: Order, version: int) -> tuple[Photo, ...]:
    """A version of the photo and those of the same album; empty when the version does not exist."""
    photos = order.progress.photos
    found = next((photo for photo in photos if photo.version == version), None)
    if found is None or not found.album:
        return (found,) if found else ()
    return tuple(photo for photo in photos if photo.album == found.album)


class Photos:
    """Stores the pictures that people send, and reads them."""

    def __init__(
        self,
        database: Database,
        files: PhotoFiles,
        desk: Desk,
        clock: Callable[[], datetime],
        metrics: Metrics | None = None,
        work: HeavyWork | None = None,
    ) -> None:
        self._database = database
        self._files = files
        self._desk = desk
        self._clock = clock
        self._metrics = metrics or Metrics()
        self._work = work or HeavyWork()

    async def keep(self, content: bytes) -> Kept:
        """Store a picture on disk, unchanged. Raises NotAPictureError for anything else.

        Raises PhotosUnavailable when the machine lacked the resources to open it, or it could not be written;
        so does `attach`.
        """
        picture = await self._opened(inspect, content)
        kept = await self._files.keep(content, picture.extension)
        self._metrics.photo_kept()
        return kept

    async def measure(self, kept: Kept) -> Measures:
        """How light and how sharp a stored picture is (R35)."""
        return await self._opened(measure, await self._files.read(kept.path))

    async def attach(self, order_id: int, kept: Kept, actor: Actor, album: str = "") -> Order:
        """Attach a stored picture to an order as its next version (R23); `album` groups joint pictures.

        Raises Refusal when the order does not take it; the picture stays where it was stored.
        """
        order = await self._checked(order_id, AttachPhoto(kept.sha256, kept.path), kept, actor)
        path = await self._files.settle(kept.path, order.number, order.progress.next_photo, self._clock())
        # If another version comes in between, a spare file stays: better than one too few.
        changed = await self._desk.do(order_id, AttachPhoto(kept.sha256, path, album), actor)
        await self._files.discard_incoming(kept.path)
        return changed

    async def attach_proof(self, order_id: int, kept: Kept, actor: Actor) -> Order:
        """The same for a photo of its hand-over (X8)."""
        order = await self._checked(order_id, AttachProof(kept.sha256, kept.path), kept, actor)
        path = await self._files.settle(kept.path, order.number, len(order.proofs) + 1, self._clock())
        changed = await self._desk.do(order_id, AttachProof(kept.sha256, path), actor)
        await self._files.discard_incoming(kept.path)
        return changed

    async def _checked(self, order_id: int, command: Command, kept: Kept, actor: Actor) -> Order:
        """The order, if it would take the picture. A picture that it already has is deleted here."""
        try:
            return await self._desk.check(order_id, command, actor)
        except Refusal as refused:
            if refused.reason is Reason.SAME_PHOTO:
                await self._files.discard_incoming(kept.path)
            raise

    async def wait(self, kept: Kept, staff_id: int, album: str = "") -> tuple[WaitingPhoto, bool]:
        """Store a picture whose order is not known yet.

        Also returns whether it is the first of its album: the answer for the first applies to all.
        """
        async with self._database.write() as c:
            photo = await unassigned_photos.add(c, staff_id, kept.sha256, kept.path, self._clock(), album)
            first, *_ = await unassigned_photos.with_album(c, photo)
        return photo, first.id == photo.id

    async def attach_waiting(
        self, photo_id: int, order_id: int, actor: Actor, *, is_proof: bool = False
    ) -> Order | None:
        """Attach a waiting picture and its album to an order; `is_proof`: as photos of its hand-over.

        None when it no longer waits or is somebody else's. Raises Refusal; then all of them keep waiting.
        """
        together = await self.waiting(photo_id, actor)
        order = await self._attach_together(together, order_id, actor, is_proof=is_proof)
        await self.wait_no_more(together)
        return order

    async def attach_alone(
        self, photo: WaitingPhoto, order_id: int, actor: Actor, *, is_proof: bool = False
    ) -> None:
        """Attach one waiting picture to an order; the rest of its album keeps waiting. Raises Refusal."""
        await self._attach_together([photo], order_id, actor, is_proof=is_proof)
        await self.wait_no_more([photo])

    async def _attach_together(
        self, photos: Sequence[WaitingPhoto], order_id: int, actor: Actor, *, is_proof: bool
    ) -> Order | None:
        """Attach one after the other; None when all were attached to an order in the meantime."""
        order = None
        for photo in photos:
            kept = Kept(photo.sha256, photo.path)
            try:
                if is_proof:
                    order = await self.attach_proof(order_id, kept, actor)
                else:
                    order = await self.attach(order_id, kept, actor, photo.album)
            except PhotoMissing:  # the same picture was sent again
                continue
            except Refusal as refused:
                if len(photos) == 1 or refused.reason is not Reason.SAME_PHOTO:
                    raise
        return order

    async def waiting(self, photo_id: int, actor: Actor) -> list[WaitingPhoto]:
        """A waiting picture and its album; empty when it no longer waits or is somebody else's."""
        async with self._database.snapshot() as c:
            found = await unassigned_photos.get(c, photo_id)
            if found is None or found.staff_id != actor.staff_id:
                return []
            return await unassigned_photos.with_album(c, found)

    async def waiting_of_album(self, album: str, actor: Actor) -> list[WaitingPhoto]:
        """The waiting pictures of an album that this person sent."""
        if actor.staff_id is None:
            return []
        async with self._database.snapshot() as c:
            return await unassigned_photos.of_album(c, actor.staff_id, album)

    async def wait_no_more(self, photos: Sequence[WaitingPhoto]) -> None:
        """Remove pictures from the waiting ones."""
        async with self._database.write() as c:
            for photo in photos:
                await unassigned_photos.remove(c, photo.id)

    async def move(self, order_id: int, version: int, target_id: int, actor: Actor) -> Moved:
        """Move a photo and its album from the wrong order to the right one; all or none.

        The original files are kept. Raises Refusal when one of the two orders does not allow it.
        """
        if order_id == target_id:
            raise Refusal(Reason.ALREADY)
        photos = sent_together(await self._desk.look(order_id, actor), version)
        first = photos[0].sha256 if photos else ""
        target = await self._desk.check(target_id, AttachPhoto(first, ""), actor)
        away = TakePhotosAway(tuple(photo.version for photo in photos), target.number)
        await self._desk.check(order_id, away, actor)  # before any file is copied
        wishes: list[tuple[int, Command]] = [(order_id, away)]
        for place, photo in enumerate(photos):
            settled = target.progress.next_photo + place
            path = await self._files.settle(photo.path, target.number, settled, self._clock())
            wishes.append((target_id, AttachPhoto(photo.sha256, path, photo.album)))
        changed = await self._desk.do_together(wishes, actor)
        attached = changed[target_id].progress.photos[-len(photos)]
        return Moved(changed[order_id], changed[target_id], attached.version)

    async def note_shown(self, order_id: int, photo: Photo) -> None:
        """Record that the client got this photo; ignored where a newer one came meanwhile (X20)."""
        with suppress(Refusal):
            await self._desk.do(order_id, PhotoShown(photo.sha256), client_of(order_id))

    async def shown(self, photo: Photo) -> bytes:
        """The photo as Telegram or a page can show it: upright, without the place where it was taken (R63).

        Raises PhotoMissing, NotAPictureError where the file was damaged, and PhotosUnavailable where it
        cannot be read or opened now.
        """
        return await self._shown(photo.path)

    async def paper(self, paper: Paper) -> bytes:
        """The picture that the order was written down from, as Telegram can show it."""
        return await self._shown(paper.path)

    async def _shown(self, path: str) -> bytes:
        return await self._opened(as_jpeg, await self._files.read(path))

    async def _opened(self, function: Callable[[bytes], T], content: bytes) -> T:
        """One picture at a time: each may use the whole memory limit."""
        try:
            return await self._work.run(function, content)
        except TooHeavyError as error:
            raise NotAPictureError from error
        except NoHandsError as error:
            raise self._files.unavailable(str(error)) from error
