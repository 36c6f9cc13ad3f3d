"""Orders entered by hand: written down as drafts, saved as orders, merged into existing ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.roles import Act, may_at_home
from orders.intake.merge import conflicts, merged
from orders.intake.order_text import Written
from orders.model.details import Details, Paper
from orders.model.draft import Draft
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.steps.filling import filled
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.intake import drafts
from storage.photo.photo_files import Kept, PhotoFiles

Change = Callable[[Draft], Draft]
Noted = Callable[[Order, Details], Details]


def _as_it_is(_order: Order, details: Details) -> Details:
    return details


class DraftGone(LookupError):  # noqa: N818 - named after the state it reports, as the domain's Refusal is
    """The draft does not exist any more, or belongs to somebody else."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The result for a draft. `is_new` false: an order of its number exists already, with other content."""

    order: Order
    is_new: bool


class Drafts:
    """Every draft belongs to the director or manager who writes it down; nobody else may read it."""

    def __init__(
        self, database: Database, desk: Desk, files: PhotoFiles, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._desk = desk
        self._files = files
        self._clock = clock

    async def begin(self, actor: Actor, written: Written | None = None) -> Draft:
        """Begin a draft with what was found in a text. Raises Refusal for those who may not enter orders.

        A text with the number of one of their drafts is added to that draft; an empty draft is used again.
        """
        staff_id, shop_id = _owner(actor)
        found = written or Written("", Details())
        async with self._database.write() as c:
            for draft in await drafts.of_person(c, staff_id, shop_id):
                if draft.is_empty or (found.number and draft.number == found.number):
                    return await self._keep(c, added(draft, found))
            fresh = Draft(
                0, shop_id, staff_id, self._clock(), found.number, found.details, windows=found.windows
            )
            return await drafts.add(c, fresh)

    async def mine(self, actor: Actor) -> list[Draft]:
        """The person's unfinished drafts, the newest first."""
        if not may_at_home(actor, Act.ENTER_ORDERS):
            return []
        async with self._database.snapshot() as c:
            found = await drafts.of_person(c, *_owner(actor))
        return [draft for draft in found if not draft.is_empty]

    async def get(self, draft_id: int, actor: Actor) -> Draft:
        """The actor's own draft. Raises DraftGone."""
        async with self._database.snapshot() as c:
            return _own(await drafts.get(c, draft_id), actor)

    async def change(self, draft_id: int, actor: Actor, change: Change) -> Draft:
        """Apply a change to the current state of the actor's draft. Raises DraftGone."""
        async with self._database.write() as c:
            draft = _own(await drafts.get(c, draft_id, for_update=True), actor)
            return await self._keep(c, change(draft))

    async def add_paper(self, draft_id: int, actor: Actor, kept: Kept) -> Draft:
        """Attach a stored picture to the draft; the same picture twice counts as one. Raises DraftGone."""
        await self.get(draft_id, actor)
        path = await self._files.settle(kept.path, f"draft-{draft_id}", 0, self._clock())
        paper = Paper(kept.sha256, path)
        draft = await self.change(draft_id, actor, lambda draft: _with_paper(draft, paper))
        await self._files.discard_incoming(kept.path)
        return draft

    async def known(self, draft: Draft) -> Order | None:
        """The existing order with the draft's number."""
        return await self._desk.find_number(draft.shop_id, draft.number) if draft.number else None

    async def save(self, draft_id: int, actor: Actor) -> Saved:
        """Save the draft as an order; a draft without a number gets one of the shop's own. Raises DraftGone.

        The draft is deleted only after the order exists: after a crash in between, the next save finds the
        order.
        """
        async with self._database.write() as c:
            draft = _own(await drafts.get(c, draft_id, for_update=True), actor)
            if not draft.number:
                draft = await drafts.give_number(c, draft)
        raw = {"written": draft.details.written}
        incoming = Incoming(draft.number, self._clock(), draft.details, raw)
        receipt = await self._desk.receive(draft.shop_id, incoming, by=actor)
        is_saved = receipt.is_new or _says_all(receipt.order, draft)
        if is_saved:
            await self._remove(draft)
        return Saved(receipt.order, is_saved)

    async def merge(self, draft_id: int, actor: Actor, unasked: Noted = _as_it_is) -> Order:
        """Fill the order of the draft's number with what only the draft knows, and with what was chosen.

        What the client has to be asked first is left unchanged (R59, R66); `unasked` makes a note of it.

        Raises DraftGone; Refusal when the order is finished, and then the draft is kept.
        """
        draft = await self.get(draft_id, actor)
        order = await self.known(draft)
        if order is None:
            raise DraftGone
        changed = await self._desk.amend(
            order.id, lambda known: filled(known, unasked(known, draft.details), draft.taken), actor
        )
        await self._remove(draft)
        return changed

    async def remove(self, draft_id: int, actor: Actor) -> None:
        """Delete the draft with its text and pictures. Raises DraftGone."""
        draft = await self.get(draft_id, actor)
        await self._remove(draft)
        await self._remove_files(draft)

    async def remove_papers(self, draft_id: int, actor: Actor) -> Draft:
        """Delete the draft's pictures and keep its text. Raises DraftGone."""
        before = await self.get(draft_id, actor)
        draft = await self.change(
            draft_id, actor, lambda one: replace(one, details=replace(one.details, papers=()))
        )
        await self._remove_files(before)
        return draft

    async def message_of(self, draft: Draft) -> int:
        """The message that shows the draft; 0 where none does."""
        async with self._database.snapshot() as c:
            return await drafts.message_of(c, draft.id)

    async def shown_in(self, draft: Draft, message_id: int) -> None:
        """Record that this message shows the draft from now on."""
        async with self._database.write() as c:
            await drafts.set_message(c, draft.id, message_id)

    async def _keep(self, c: AsyncConnection, draft: Draft) -> Draft:
        changed = replace(draft, changed_at=self._clock())
        await drafts.save(c, changed)
        return changed

    async def _remove_files(self, draft: Draft) -> None:
        for paper in draft.details.papers:
            await self._files.remove(paper.path)

    async def _remove(self, draft: Draft) -> None:
        async with self._database.write() as c:
            await drafts.remove(c, draft.id)


def added(draft: Draft, written: Written) -> Draft:
    """The draft with what a further text adds; existing values are kept."""
    number = draft.number or written.number
    details = merged(draft.details, written.details)
    windows = () if details.window else draft.windows or written.windows
    return replace(draft, number=number, details=details, windows=windows)


def _says_all(order: Order, draft: Draft) -> bool:
    """Whether the order contains the whole draft, because it was saved before."""
    return (
        not conflicts(order.details, draft.details) and merged(order.details, draft.details) == order.details
    )


def _owner(actor: Actor) -> tuple[int, int]:
    if not may_at_home(actor, Act.ENTER_ORDERS) or actor.staff_id is None or actor.shop_id is None:
        raise Refusal(Reason.NOT_YOURS)
    return actor.staff_id, actor.shop_id


def _own(draft: Draft | None, actor: Actor) -> Draft:
    if (
        draft is None
        or not may_at_home(actor, Act.ENTER_ORDERS)
        or (draft.staff_id, draft.shop_id) != _owner(actor)
    ):
        raise DraftGone
    return draft


def _with_paper(draft: Draft, paper: Paper) -> Draft:
    papers = {known.sha256: known for known in (*draft.details.papers, paper)}
    return replace(draft, details=replace(draft.details, papers=tuple(papers.values())))
