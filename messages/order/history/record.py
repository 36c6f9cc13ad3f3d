"""The whole order as plain text that is readable without the bot (R81); nothing is masked or truncated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from messages.client.agreements import state, what
from messages.delivery.crew_talk import note_text
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean_lines
from messages.ui.formatting import LONG_AGO
from messages.ui.sums import money
from orders.model.details import Destination, Line, Window
from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Agreement, Closing, Completion, Mark, Order
from orders.model.rules import ShopRules
from orders.money.balance import balance, extra_in_all, paid_in_all

_Pair = tuple[str, str]


def readable(order: Order, rules: ShopRules, t: Translator, now: datetime) -> str:
    """Lines «label: value» in blocks; times with date, in the shop's time zone."""
    record = _Record(order, rules, t)
    written = {"when": record.moment(now), "version": str(order.version), "zone": rules.timezone}
    blocks = [
        [f"{t.plain('record-order')} {clean_lines(order.number)} · {t.plain(f'state-{order.status.value}')}"],
        record.labelled(record.times()),
        list(record.composition()),
        record.labelled(record.destination()),
        record.labelled(record.sums()),
        record.labelled(record.course()),
        [t.plain("record-written", **written)],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


class _Record:
    def __init__(self, order: Order, rules: ShopRules, t: Translator) -> None:
        self.order = order
        self.rules = rules
        self.t = t

    def labelled(self, pairs: Iterator[_Pair]) -> list[str]:
        """Only known values; their further lines are indented, so that none looks like a label."""
        cleaned = ((key, clean_lines(value)) for key, value in pairs)
        return [
            f"{self.t.plain(key)}: {value.replace(chr(10), chr(10) + '    ')}"
            for key, value in cleaned
            if value
        ]

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(self.rules.zone):%d.%m.%Y %H:%M}"

    def times(self) -> Iterator[_Pair]:
        details = self.order.details
        if details.window:
            yield "record-window", self._window(details.window)
        if details.as_soon_as_possible:
            yield "record-urgency", self.t.plain("when-soon")
        yield "record-delivery", self.t.plain(f"delivery-{details.delivery.value}")
        yield "record-placed", self.moment(self.order.placed_at)
        yield "record-received", self.moment(self.order.received_at)

    def composition(self) -> Iterator[str]:
        lines = self.order.details.lines
        yield self.t.plain("record-composition") if lines else self.t.plain("composition-unknown")
        for at, line in enumerate(lines, start=1):
            yield f"{at}. {self._goods(line)}"
            yield from (f"    {text}" for text in self._beside(line))

    def _goods(self, line: Line) -> str:
        name = clean_lines(line.name) or self.t.plain("product-unnamed")
        parts = [f"{name} × {line.count}"]
        if line.is_addon:
            parts.append(self.t.plain("record-addon"))
        parts += [self._sum(line.paid)] if line.paid else []
        return " · ".join(part.replace("\n", " ") for part in parts)

    def _beside(self, line: Line) -> Iterator[str]:
        described = (*clean_lines(line.description).split("\n"), clean_lines(line.picture_url))
        yield from filter(None, described)
        if line.offer_id:
            yield f"{self.t.plain('record-offer')}: {clean_lines(line.offer_id)}"

    def destination(self) -> Iterator[_Pair]:
        details = self.order.details
        yield "record-address", details.address
        yield "record-recipient", details.recipient.name
        yield "record-recipient-phone", details.recipient.phone
        yield "record-client", details.client.name
        yield "record-client-phone", details.client.phone
        yield "record-card-text", details.card_text
        yield "record-client-note", details.client_note
        yield "record-shop-note", details.shop_note
        yield "record-courier-note", details.courier_note
        yield "record-payment-note", details.payment_note
        yield "record-source", details.written
        for paper in details.papers:
            yield "record-paper", paper.path

    def sums(self) -> Iterator[_Pair]:
        details, found = self.order.details, balance(self.order, self.rules)
        extra = extra_in_all(self.order)
        yield "record-paid", self._sum(paid_in_all(self.order) or details.paid)
        yield "record-extra", self._sum(extra) if extra and extra.minor else ""
        yield "record-delivery-fee", self._sum(details.delivery_fee)
        if found and self.order.progress.closing is None and not is_own(self.order.number):
            yield "record-commission", self._sum(found.commission)
            yield "record-acquiring", self._sum(found.acquiring)
            yield "record-to-shop", self._sum(found.to_shop)
            yield "record-refund", self._sum(found.refund) if found.refund.minor else ""

    def course(self) -> Iterator[_Pair]:
        progress = self.order.progress
        yield "record-accepted", self._signed(progress.accepted)
        yield "record-seller", progress.seller.name if progress.seller else ""
        if progress.carrier:
            kind = self.t.plain(f"carrier-kind-{progress.carrier.kind.value}")
            parts = (kind, progress.carrier.name, progress.carrier.phone, progress.carrier.link)
            yield "record-carrier", ", ".join(part for part in parts if part)
        yield "record-checked", self._signed(self.order.checked.made if self.order.checked else None)
        for photo in progress.photos:
            taken = f"{photo.version}, {self._signed(photo.taken)}, {photo.path}"
            yield "record-photo", _with(taken, photo.answers.complaint if photo.answers else "")
        if progress.rating:
            liked = self.t.plain("record-liked" if progress.rating.liked else "record-disliked")
            said = f"{liked}, {self._signed(progress.rating.given)}"
            yield "record-rating", _with(said, progress.rating.complaint)
        yield "record-offered", self._signed(progress.offered)
        yield "record-taken", self._signed(progress.taken)
        if progress.given_back:
            yield (
                "record-given-back",
                _with(self._signed(progress.given_back.given), progress.given_back.reason),
            )
        yield from self._search()
        yield "record-dispatched", self._signed(progress.dispatched)
        yield "record-picked-up", self._signed(progress.picked_up)
        is_older = "record-without-new-photo" if progress.photos else "record-without-photo"
        yield is_older, progress.left_without_photo
        yield from self._way()
        yield from self._remarks()
        yield from self._phone()
        yield "record-refused", _with(self._signed(progress.refused), progress.refusal_note)
        yield "record-agreed-change", progress.agreed_change
        yield "record-went-to", _destination(progress.went_to)
        for one in self.order.agreements:
            yield "record-agreement", self._agreement(one)
        yield "record-stopped", self._signed(self.order.stopped)
        if progress.completion:
            yield from self._completion(progress.completion)
        if progress.closing:
            yield from self._closing(progress.closing)
        if progress.hidden:
            yield "record-list", self.t.plain("record-hidden")
        if self.order.marketplace_status:
            yield "record-marketplace", self.t.plain(f"state-{self.order.marketplace_status.value}")

    def _search(self) -> Iterator[_Pair]:
        search, second = self.order.progress.search, self.order.progress.second
        if search is not None:
            yield "record-search", self._signed(search.since)
            yield "record-search-anyway", search.anyway
            yield "record-search-over", self._signed(search.over)
            yield "record-search-cost", search.cost
        asked, found = self.order.progress.address_asked, self.order.progress.address_found
        if asked is not None:
            whom = self.t.plain(f"address-from-{asked.whom.value}")
            yield "record-address-asked", f"{whom}, {self._signed(asked.mark)}"
        if found is not None:
            zones = {None: "record-zone-open", True: "event-zone-same", False: "event-zone-other"}
            yield "record-address-found", f"{self._signed(found.mark)}, {self.t.plain(zones[found.in_zone])}"
        yield "record-support-told", self._signed(self.order.support_told)
        if second is not None:
            named = ", ".join(filter(None, (second.name, second.phone)))
            who = named or self.t.plain("record-their-courier")
            yield "record-second", _with(f"{who}, {self._signed(second.came)}", second.cost)

    def _way(self) -> Iterator[_Pair]:
        progress, late = self.order.progress, self.order.progress.lateness
        if late:
            yield "record-late", f"{self.moment(late.until)}, {self._signed(late.said)}"
        yield "record-arrived", self._signed(progress.arrived)
        yield "record-nobody", self._signed(progress.nobody_there)
        yield "record-brought-back", _with(self._signed(progress.brought_back), progress.return_reason)
        yield "record-back-in-shop", self._signed(progress.back_in_shop)
        for proof in self.order.proofs:
            yield "record-proof", f"{proof.version}, {self._signed(proof.taken)}, {proof.path}"
        for call in self.order.calls:
            said = self.t.plain(f"record-call-{call.answer.value}")
            yield "record-call", f"{call.name}, {call.phone}: {said}, {self._signed(call.noted)}"

    def _phone(self) -> Iterator[_Pair]:
        for one in self.order.phone_accesses:
            yield "record-phone-asked", _with(self._signed(one.asked), one.reason)
            if one.allowed is not None and one.until is not None:
                yield "record-phone-allowed", f"{self._signed(one.allowed)}, {self.moment(one.until)}"
            yield "record-phone-refused", self._signed(one.refused)
            for call in one.calls:
                yield "record-phone-said", _with(self._signed(call.noted), call.words)

    def _remarks(self) -> Iterator[_Pair]:
        for remark in self.order.remarks:
            side = "courier" if remark.by_carrier else "shop"
            said = note_text(remark, remark.words, self.t)
            yield (
                f"record-{side}-says",
                ", ".join(filter(None, (self._signed(remark.said), remark.path))) + f": {said}",
            )

    def _agreement(self, one: Agreement) -> str:
        said = what(one.proposal, self.rules, LONG_AGO, self.t)
        how = state(self.order, one, self.rules, LONG_AGO, self.t)
        return f"{said.unescape()}, {how.unescape()}"

    def _completion(self, completion: Completion) -> Iterator[_Pair]:
        how = self.t.plain(f"handover-{completion.handover.value}")
        yield "record-completed", _with(f"{how}, {self._signed(completion.done)}", completion.comment)
        yield "record-completed-early", completion.early
        yield "record-completed-by-other", completion.reason

    def _closing(self, closing: Closing) -> Iterator[_Pair]:
        yield "record-closed", _with(self._signed(closing.closed), closing.reason)
        yield "record-refund", self._sum(closing.refund)
        yield "record-kept", self._sum(closing.kept)

    def _window(self, window: Window) -> str:
        start, end = self.moment(window.start), self.moment(window.end)
        date, time = end.split()
        return f"{start}-{time}" if start.startswith(date) else f"{start} - {end}"

    def _sum(self, amount: Money | None) -> str:
        return money(amount, self.t).unescape() if amount else ""

    def _signed(self, mark: Mark | None) -> str:
        """Time and author, with the full name at that time."""
        if mark is None:
            return ""
        role = self.t.plain(f"who-{mark.role.value}")
        return f"{self.moment(mark.at)}, " + (f"{mark.name} ({role})" if mark.name else role)


def _with(said: str, note: str) -> str:
    return f"{said}: {note}" if note else said


def _destination(there: Destination | None) -> str:
    if there is None:
        return ""
    parts = (there.address, there.courier_note, there.recipient.name, there.recipient.phone)
    return ", ".join(part for part in parts if part)
