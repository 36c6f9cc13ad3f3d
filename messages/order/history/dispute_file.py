"""The whole history of an order as one self-contained HTML page for a dispute (X5)."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from messages.client.agreements import state, what
from messages.client.conversation import said_line
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean_lines
from messages.order.history.history import story
from messages.order.history.record import readable
from messages.support.compensations import entry_words, sums_of
from messages.ui import limits
from messages.ui.formatting import LONG_AGO
from orders.client.links import Said
from orders.model.delivery_facts import Remark, RemarkKind
from orders.model.order import Agreement, Mark, Order
from orders.model.photo import Photo
from orders.model.rules import ShopRules
from orders.steps import events as happened
from orders.steps.delivery_events import ProofAttached, Remarked
from orders.steps.photos import gone_elsewhere
from orders.support.cases import Case, CaseNote
from orders.support.compensation import Compensation, Entry

_STYLE = Markup(
    "body{font:15px/1.45 sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{border:1px solid #bbb;padding:.35em .6em;text-align:left;vertical-align:top}"
    "img{max-width:100%;max-height:40em}pre{white-space:pre-wrap;font:inherit}"
    "blockquote{margin:.3em 0 0;white-space:pre-wrap}"
)
_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
    "style-src 'unsafe-inline'\"><title>{title}</title><style>{style}</style></head>"
    "<body><h1>{title}</h1>{body}</body></html>\n"
)

_MIME = {RemarkKind.VOICE: "audio/ogg", RemarkKind.VIDEO: "video/mp4", RemarkKind.STICKER: "image/webp"}


def photo_of(event: happened.Event) -> Photo | None:
    """The photo of an event: of the flowers or of the hand-over; None for other events."""
    if isinstance(event, happened.PhotoAttached):
        return event.photo
    return event.proof if isinstance(event, ProofAttached) else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The page's data: the order, its events, and its photos and receipts by path.

    A photo missing in `photos` is named as missing. There, a photographed answer of support has Telegram's
    file id as its key.
    """

    order: Order
    events: Sequence[happened.Event]
    photos: Mapping[str, bytes]
    talk: Sequence[Said] = ()
    cases: Sequence[Case] = ()
    claim: Compensation | None = None


def dispute_page(evidence: Evidence, rules: ShopRules, now: datetime, t: Translator) -> str:
    """HTML for directors and managers only: it contains every contact and every sum."""
    page = _Page(evidence, rules, now, t)
    title = t("dispute-title", number=clean_lines(evidence.order.number))
    body = Markup("\n").join(
        [page.facts(), page.agreements(), page.history(), page.talk(), page.support(), page.claim()]
    )
    return str(_PAGE.format(language=t.language, title=title, style=_STYLE, body=body))


class _Page:
    def __init__(self, evidence: Evidence, rules: ShopRules, now: datetime, t: Translator) -> None:
        self.evidence = evidence
        self.rules = rules
        self.now = now
        self.t = t

    def facts(self) -> Markup:
        """The order's present state as text."""
        text = readable(self.evidence.order, self.rules, self.t, self.now)
        return Markup("<pre>{}</pre>").format(text)

    def agreements(self) -> Markup:
        """Who asked the client for what, and the client's answer in their words."""
        rows = [self._agreement(one) for one in self.evidence.order.agreements]
        if not rows:
            return Markup()
        return self._table("dispute-agreements", ("dispute-what", "dispute-asked", "dispute-state"), rows)

    def _agreement(self, one: Agreement) -> tuple[Markup, Markup, Markup]:
        subject = what(one.proposal, self.rules, LONG_AGO, self.t)
        how = state(self.evidence.order, one, self.rules, LONG_AGO, self.t)
        return (
            subject + _whole(one.proposal.words),
            self._signed(one.asked),
            how + _whole(one.words) + _whole(one.reason),
        )

    def history(self) -> Markup:
        """All events, oldest first, each with its photo."""
        told = story(self.evidence.events, self.rules, LONG_AGO, self.t)
        rows = [
            (self._moment(event.mark), self._who(event.mark), text + self._beside(event))
            for event, text in zip(self.evidence.events, told, strict=True)
        ]
        return self._table("dispute-history", ("dispute-when", "dispute-who", "dispute-what"), rows)

    def talk(self) -> Markup:
        """The conversation of client and shop in the bot, in full."""
        rows = [
            (self._moment(said.mark), self._who(said.mark), said_line(said, self.t) + _said_whole(said))
            for said in self.evidence.talk
        ]
        if not rows:
            return Markup()
        return self._table("dispute-talk", ("dispute-when", "dispute-who", "dispute-what"), rows)

    def support(self) -> Markup:
        """What support was told and answered, with time and author (R92)."""
        rows = [
            (self._moment(note.mark), self._who(note.mark), self._told(note))
            for case in self.evidence.cases
            for note in case.notes
        ]
        if not rows:
            return Markup()
        return self._table("dispute-support", ("dispute-when", "dispute-who", "dispute-what"), rows)

    def _told(self, note: CaseNote) -> Markup:
        said = self.t(f"dispute-note-{note.kind.value}")
        words = clean_lines(note.words)
        beside = Markup("<blockquote>{}</blockquote>").format(words) if words else Markup()
        return said + beside + (self._picture(note.file_id) if note.file_id else Markup())

    def claim(self) -> Markup:
        """The costs with their receipts, and the sum claimed (R88)."""
        claim = self.evidence.claim
        rows = [self._entry(one) for one in claim.valid] if claim is not None else []
        if claim is None or not rows:
            return Markup()
        table = self._table("dispute-claim", ("dispute-when", "dispute-who", "dispute-what"), rows)
        costs = self.t("claim-costs", amount=sums_of(claim.costs, self.t)) if claim.costs else Markup()
        return table + Markup("<p>{}</p>").format(costs)

    def _entry(self, entry: Entry) -> tuple[Markup, Markup, Markup]:
        receipts = Markup().join(self._receipt(one.path) for one in entry.receipts)
        what_ = entry_words(entry, self.t) + _whole(entry.words) + receipts
        return self._moment(entry.mark), self._who(entry.mark), what_

    def _receipt(self, path: str) -> Markup:
        """A receipt: a picture is shown, a PDF can be saved from the page."""
        content = self.evidence.photos.get(path)
        if content is None or not path.endswith(".pdf"):
            return self._picture(path)
        return self._download(path, content, "application/pdf", self.t("dispute-receipt"))

    def _beside(self, event: happened.Event) -> Markup:
        photo = photo_of(event)
        if photo is not None:
            return self._picture(photo.path)
        if isinstance(event, Remarked):
            return _whole(event.remark.words) + self._note_file(event.remark)
        return Markup().join(_whole(words) for words in _words(event))

    def _note_file(self, remark: Remark) -> Markup:
        """A note's file: a picture is shown, a voice message can be saved from the page."""
        if not remark.path:
            return Markup()
        if remark.kind is RemarkKind.PICTURE:
            return self._picture(remark.path)
        content = self.evidence.photos.get(remark.path)
        if content is None:
            return Markup("<blockquote>{}</blockquote>").format(self.t("dispute-note-missing"))
        return self._download(remark.path, content, _MIME[remark.kind], self.t("dispute-note-file"))

    @staticmethod
    def _download(path: str, content: bytes, mime: str, label: Markup) -> Markup:
        data = base64.b64encode(content).decode()
        name = path.rpartition("/")[2]
        return Markup('<br><a download="{}" href="data:{};base64,{}">{}</a>').format(name, mime, data, label)

    def _picture(self, path: str) -> Markup:
        content = self.evidence.photos.get(path)
        if content is None:
            is_elsewhere = path in gone_elsewhere(self.evidence.events)
            why = self.t("dispute-photo-moved" if is_elsewhere else "dispute-photo-missing")
            return Markup("<blockquote>{}</blockquote>").format(why)
        data = base64.b64encode(content).decode()
        return Markup('<br><img alt="" src="data:image/jpeg;base64,{}">').format(data)

    def _table(self, title: str, heads: Sequence[str], rows: Sequence[Sequence[Markup]]) -> Markup:
        head = Markup().join(Markup("<th>{}</th>").format(self.t(key)) for key in heads)
        body = Markup().join(
            Markup("<tr>{}</tr>\n").format(Markup().join(Markup("<td>{}</td>").format(cell) for cell in row))
            for row in rows
        )
        return Markup("<h2>{}</h2><table><tr>{}</tr>\n{}</table>").format(self.t(title), head, body)

    def _signed(self, mark: Mark) -> Markup:
        return self.t("signed", when=self._moment(mark), who=self._who(mark))

    def _moment(self, mark: Mark) -> Markup:
        return escape(f"{mark.at.astimezone(self.rules.zone):%d.%m.%Y %H:%M:%S}")

    def _who(self, mark: Mark) -> Markup:
        """The full name at that time, and the role."""
        role = self.t(f"who-{mark.role.value}")
        name = clean_lines(mark.name)
        return Markup("{} ({})").format(name, role) if name else role


def _words(event: happened.Event) -> list[str]:
    """Texts that people wrote, which a line of the chat may truncate."""
    found = [getattr(event, name, "") for name in ("reason", "comment", "note", "words", "agreed_change")]
    if isinstance(event, happened.Rated):
        found.append(event.rating.complaint)
    return found


def _said_whole(said: Said) -> Markup:
    words = clean_lines(said.words)
    return Markup("<blockquote>{}</blockquote>").format(words) if len(words) > limits.TALK_LINE else Markup()


def _whole(words: str) -> Markup:
    said = clean_lines(words)
    return Markup("<blockquote>{}</blockquote>").format(said) if len(said) > limits.REASON else Markup()
