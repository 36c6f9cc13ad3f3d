"""A slow model of one order, as the shop's owner would track it on paper: kopecks, times, plain ifs.

It uses none of the project's rules: it repeats them independently, so that `tests.services.order.days` can
compare the two.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

COMMISSION_IN_1000 = 185
COMMISSION_OF_TEA_IN_1000 = 100
ACQUIRING_IN_1000 = 25
ACQUIRING_OF_EACH_ORDER = 300
DELIVERY_FEE = 40_000
"""Kopecks; the default fee."""

IN_THE_SHOP = ("accepted", "photo")
OVER = ("done", "cancelled", "declined")
_MARKETPLACE_ORDER = ("new", "accepted", "photo", "courier_left", "done", "cancelled")


def minutes(amount: int) -> timedelta:
    return timedelta(minutes=amount)


@dataclass
class Extra:
    """An agreement proposed to the client. Negative `kopecks` are a refund."""

    kind: str
    kopecks: int
    asked: datetime
    agreed: datetime | None = None
    refused: bool = False
    withdrawn: datetime | None = None
    paid: bool = False

    @property
    def waits(self) -> bool:
        return self.agreed is None and not self.refused and self.withdrawn is None

    @property
    def holds(self) -> bool:
        return self.agreed is not None and self.withdrawn is None


@dataclass
class Page:
    """The state that an undo restores, by returning to the page before."""

    status: str
    since: datetime
    starts: datetime
    ends: datetime
    address: str
    accepted: datetime | None = None
    accepted_by: str = ""
    seller: str = ""
    carrier: str = ""
    carried_by: str = ""
    """"self", "courier" or "outside"."""
    offered: datetime | None = None
    photos: tuple[datetime, ...] = ()
    photo_by: str = ""
    thumb: str = ""
    """"up" or "down"."""
    thumb_for: datetime | None = None
    named: datetime | None = None
    """When a third party was named."""
    named_by: str = ""
    took: datetime | None = None
    """When the third party took the order from the shop."""
    left: datetime | None = None
    late_minutes: int = 0
    late_until: datetime | None = None
    nobody: datetime | None = None
    back: datetime | None = None
    ended: datetime | None = None
    ended_by: str = ""
    refund: int = 0
    kept: int = 0


@dataclass
class SlowOrder:
    """The model of one order. Its methods record events."""

    number: str
    placed: datetime
    price: int
    tea: int
    own_fee: int | None
    needs_photo: bool
    pickup: bool
    page: Page
    before: Page | None = None
    """The page to which an undo returns."""
    turned: datetime | None = None
    extras: list[Extra] = field(default_factory=list)
    seen: dict[datetime, datetime] = field(default_factory=dict)
    """Time of a photo -> when the client could see it."""
    marketplace: str = "new"
    stopped: bool = False

    # Events

    def _turn(self, at: datetime) -> Page:
        self.before, self.turned = copy(self.page), at
        return self.page

    def _becomes(self, status: str, at: datetime) -> Page:
        page = self._turn(at)
        if page.status != status:
            page.since = at
        page.status = status
        return page

    def accept(self, at: datetime, by: str) -> None:
        page = self._becomes("accepted", at)
        page.accepted, page.accepted_by = at, by

    def assign(self, at: datetime, seller: str) -> None:
        self._turn(at).seller = seller

    def photo(self, at: datetime, by: str) -> None:
        page = self._becomes("photo", at)
        page.photos, page.photo_by = (*page.photos, at), by
        if page.thumb == "down":
            page.thumb, page.thumb_for = "", None

    def show(self, at: datetime) -> None:
        self.seen.setdefault(self.page.photos[-1], at)

    def rate(self, at: datetime, thumb: str) -> None:
        page = self._turn(at)
        page.thumb, page.thumb_for = thumb, page.photos[-1]

    def give_to(self, at: datetime, name: str) -> None:
        page = self._turn(at)
        page.carrier, page.carried_by = name, "courier"

    def offer(self, at: datetime) -> None:
        page = self._turn(at)
        page.offered, page.carrier, page.carried_by = at, "", ""

    def give_back(self) -> None:
        self.page.offered, self.page.carrier, self.page.carried_by = None, "", ""
        self.before = None

    def name_outsider(self, at: datetime, name: str, by: str) -> None:
        page = self._turn(at)
        page.carrier, page.carried_by, page.named, page.named_by = name, "outside", at, by
        page.took = None

    def outsider_takes(self, at: datetime) -> None:
        self._turn(at).took = at

    def leave(self, at: datetime, by_self: str = "") -> None:
        page = self._becomes("courier_left", at)
        page.left = at
        if by_self:
            page.carrier, page.carried_by = by_self, "self"

    def say_late(self, at: datetime, amount: int) -> None:
        page = self._turn(at)
        until = max(page.ends, at) + minutes(amount)
        page.late_minutes, page.late_until = amount, until + minutes(-until.minute % 5)

    def find_nobody(self, at: datetime) -> None:
        self._turn(at).nobody = at

    def go_back(self, at: datetime) -> None:
        self._becomes("returning", at).back = at

    def come_back(self, at: datetime) -> None:
        self._turn(at)

    def leave_again(self, at: datetime, address: str, starts: datetime, ends: datetime) -> None:
        page = self._becomes("courier_left", at)
        page.left, page.address, page.starts, page.ends = at, address, starts, ends
        page.late_minutes, page.late_until, page.nobody = 0, None, None

    def finish(self, at: datetime, by: str) -> None:
        page = self._becomes("done", at)
        page.ended, page.ended_by = at, by

    def cancel(self, at: datetime, by: str) -> None:
        refund, kept = self.refund_of_cancelling()
        page = self._becomes("cancelled", at)
        page.ended, page.ended_by, page.refund, page.kept = at, by, refund, kept

    def decline(self, at: datetime, by: str) -> None:
        page = self._becomes("declined", at)
        page.ended, page.ended_by, page.refund = at, by, self.paid

    def undo(self) -> None:
        assert self.before is not None
        self.page, self.before, self.stopped = self.before, None, False

    def ask(self, at: datetime, kind: str, kopecks: int) -> None:
        self.extras.append(Extra(kind, kopecks, at))

    def marketplace_has(self, at: datetime, status: str) -> None:
        if status == "photo" and self.page.photos and self.seen_at is None:
            self.seen[self.page.photos[-1]] = at
        if _place(status) > _place(self.marketplace):
            self.marketplace = status

    # State

    @property
    def status(self) -> str:
        return self.page.status

    @property
    def seen_at(self) -> datetime | None:
        """Since when the client can see the newest photo; a rated photo counts as seen when taken."""
        if not self.page.photos:
            return None
        newest = self.page.photos[-1]
        if newest in self.seen:
            return self.seen[newest]
        return newest if self.page.thumb_for == newest else None

    @property
    def is_photo_of_other_goods(self) -> bool:
        """Whether a product was replaced after the newest photo."""
        if not self.page.photos:
            return False
        taken = self.page.photos[-1]
        return any(
            one.kind == "substitution" and one.holds and one.agreed is not None and one.agreed > taken
            for one in self.extras
        )

    @property
    def lacks_photo(self) -> bool:
        return self.needs_photo and (not self.page.photos or self.is_photo_of_other_goods)

    @property
    def needs_a_word_to_leave(self) -> bool:
        return self.lacks_photo or (self.needs_photo and self.page.thumb == "down")

    @property
    def is_unpaid(self) -> bool:
        return any(one.holds and one.kopecks > 0 and not one.paid for one in self.extras)

    @property
    def is_with_outsider(self) -> bool:
        return self.page.carried_by == "outside"

    @property
    def outsider_has_it(self) -> bool:
        return self.is_with_outsider and self.page.took is not None

    @property
    def is_offered(self) -> bool:
        page = self.page
        return page.offered is not None and page.carrier == "" and page.status in IN_THE_SHOP

    def why_no_undo(self, at: datetime) -> str:
        """Why the last step cannot be undone; "" if it can."""
        if self.before is None or self.turned is None:
            return "nothing-to-undo"
        if at - self.turned > minutes(10):
            return "undo-too-late"
        is_back = self.before.status != self.page.status
        if is_back and _place(self.marketplace) > _place(self.before.status):
            return "marketplace-knows"
        return ""

    def does_marketplace_lag(self) -> bool:
        return _place(self.status) > _place(self.marketplace)

    # Money, in kopecks

    @property
    def paid(self) -> int:
        """The total that the client paid."""
        total = self.price
        for one in self.extras:
            if one.paid:
                total += one.kopecks
        return total

    def refund_of_cancelling(self) -> tuple[int, int]:
        """Refund and amount kept by the shop if the client cancels now."""
        on_the_way = self.status in ("courier_left", "returning") or self.outsider_has_it
        if not on_the_way:
            return self.paid, 0
        fee = DELIVERY_FEE if self.own_fee is None else self.own_fee
        return self.paid - fee, fee

    def money(self) -> dict[str, int]:
        """How the paid amount is divided."""
        if self.status in ("cancelled", "declined"):
            refund = self.page.refund
            return self._shares(refund, 0, 0)
        refund = -sum(one.kopecks for one in self.extras if one.holds and one.kopecks < 0)
        base = self.paid - refund
        flowers = base - self.tea
        commission = _thousandths(flowers * COMMISSION_IN_1000 + self.tea * COMMISSION_OF_TEA_IN_1000)
        acquiring = _thousandths(base * ACQUIRING_IN_1000) + ACQUIRING_OF_EACH_ORDER
        return self._shares(refund, commission, acquiring)

    def _shares(self, refund: int, commission: int, acquiring: int) -> dict[str, int]:
        shop = self.paid - refund - commission - acquiring
        return {
            "paid": self.paid,
            "refund": refund,
            "commission": commission,
            "acquiring": acquiring,
            "shop": shop,
        }


def _place(status: str) -> int:
    """Rank of a status at the marketplace, which has no "returning", and treats declined as cancelled."""
    known = {"returning": "courier_left", "declined": "cancelled"}.get(status, status)
    return _MARKETPLACE_ORDER.index(known)


def _thousandths(amount: int) -> int:
    """A thousandth, rounded half up."""
    whole, rest = divmod(amount, 1000)
    return whole + 1 if rest >= 500 else whole
