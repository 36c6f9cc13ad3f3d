"""Notes between the staff who work on an order (X19)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.order_view import Look
from messages.ui.people import who
from orders.access.privacy import Secret
from orders.model.delivery_facts import Remark, RemarkKind
from orders.model.people import Party
from orders.parsing.side_channels import without_phones
from orders.steps.phone_steps import may_read_phone

_READERS = frozenset({Party.DIRECTOR, Party.MANAGER, Party.ASSIGNED_SELLER, Party.CARRIER})
_WORDS = frozenset({RemarkKind.TEXT, RemarkKind.STICKER})
IN_DETAILS = 6
"""Maximum number of notes in «Подробно», the newest ones; the history has all."""


def notes_for(look: Look) -> list[Remark]:
    """The notes that this person may read, oldest first.

    A courier reads the notes addressed to carriers. After the order's end only chiefs read notes (R63).
    """
    if not look.standing & _READERS or (look.order.is_final and not look.is_chief):
        return []
    return [
        one for one in look.order.remarks if not one.is_empty and (one.to_carrier or not look.only_carries)
    ]


def files_for(look: Look) -> list[Remark]:
    """The notes that have a file."""
    return [one for one in notes_for(look) if one.kind is not RemarkKind.TEXT and (one.file_id or one.path)]


def card_lines(look: Look) -> list[Markup]:
    """The newest note of the courier and of the shop until the order's end, and how many more there are."""
    notes = [] if look.order.is_final else notes_for(look)
    newest = {one.by_carrier: one for one in notes}
    shown = sorted(newest.values(), key=lambda one: one.said.at)
    more = len(notes) - len(shown)
    return [_line(look, one, more if one is notes[-1] else 0) for one in shown]


def detail_lines(look: Look) -> list[Markup]:
    """The newest notes with time and author."""
    notes = notes_for(look)
    lines = [
        look.t("details-note", signed=look.signed(one.said), text=_text(look, one, limits.NOTE))
        for one in notes[-IN_DETAILS:]
    ]
    more = len(notes) - len(lines)
    return [look.t("details-notes-more", count=more), *lines] if more else lines


def note_text(remark: Remark, words: str, t: Translator) -> str:
    """A note as text: «голосовое 0:07», «фото: роза сломана»."""
    if remark.kind in _WORDS and words:
        return words
    what = t.plain(f"note-{remark.kind.value}", length=_length(remark)) if _is_file(remark) else ""
    return t.plain("note-with-words", what=what, words=words) if what and words else what or words


def _is_file(remark: Remark) -> bool:
    return remark.kind is not RemarkKind.TEXT


def _length(remark: Remark) -> str:
    return f"{remark.seconds // 60}:{remark.seconds % 60:02}"


def _line(look: Look, remark: Remark, more: int) -> Markup:
    text = _text(look, remark, limits.CARD_WISH)
    if remark.by_carrier and not look.only_carries:
        return look.t("card-courier-says", signed=look.signed(remark.said), text=text)
    name = who(remark.said, look.t)
    if more:
        return look.t("card-note-more", name=name, text=text, count=more)
    return look.t("card-note", name=name, text=text)


def _text(look: Look, remark: Remark, room: int) -> str:
    """The note without phones that this person may not read (R62, R68)."""
    words = without_phones(remark.words, _hidden_phones(look))
    return note_text(remark, clean(words, room), look.t)


def _hidden_phones(look: Look) -> list[str]:
    details, went_to = look.order.details, look.order.progress.went_to
    hidden = [] if may_read_phone(look.order, look.viewer, look.now) else [details.client.phone]
    if not look.may(Secret.RECIPIENT_PHONE):
        hidden.append(details.recipient.phone)
        hidden += [went_to.recipient.phone] if went_to is not None else []
    return hidden
