"""Cases for the marketplace's support: messages, answers, and when to follow up (R92-R94)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from orders.model.people import Mark
from orders.model.rules import ShopRules
from orders.support.guide import Situation

LONGEST_WORDS = 2000
MOST_MATTERS = 8
MOST_NOTES = 40


class NoteKind(StrEnum):
    """What happened to a case."""

    SENT = "sent"
    ANSWER = "answer"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CaseNote:
    """Who did what, in which words. `file_id`: Telegram's id of a photographed answer."""

    kind: NoteKind
    mark: Mark
    words: str = ""
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A situation of the guide to report to support; the texts are stored as they were then.

    `words`: the shop's own text for support; empty: the ready sentence.
    """

    key: str
    title: str
    raised: Mark
    words: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that support is told about one order, in one message (R94), until the case is closed."""

    id: int
    shop_id: int
    order_id: int
    matters: tuple[Matter, ...]
    notes: tuple[CaseNote, ...]
    come_back_at: datetime
    is_over: bool = False

    @property
    def sent(self) -> CaseNote | None:
        """The last message that was sent."""
        return self._last(NoteKind.SENT)

    @property
    def answer(self) -> CaseNote | None:
        """The last answer of support."""
        return self._last(NoteKind.ANSWER)

    @property
    def unsaid(self) -> tuple[Matter, ...]:
        """The matters that no message has reported yet."""
        last = self.sent
        return self.matters if last is None else tuple(m for m in self.matters if m.raised.at > last.mark.at)

    def _last(self, kind: NoteKind) -> CaseNote | None:
        return next((one for one in reversed(self.notes) if one.kind is kind), None)


def held_until(case: Case | None, now: datetime, rules: ShopRules) -> datetime | None:
    """Until when the next message should wait; None: send now. Writing earlier lengthens the wait (R94).

    An answer of support ends the pause, so that the shop can reply.
    """
    if case is None or case.sent is None:
        return None
    if case.answer is not None and case.answer.mark.at >= case.sent.mark.at:
        return None
    until = case.sent.mark.at + timedelta(minutes=rules.support_minutes)
    return until if until > now else None


def told_no_courier(case: Case | None) -> Mark | None:
    """When support was told that the shop delivers itself, so that no second courier comes (R87)."""
    if case is None:
        return None
    raised = [one.raised.at for one in case.matters if one.key == Situation.NO_COURIER.value]
    sent = (one.mark for one in case.notes if one.kind is NoteKind.SENT)
    return next((mark for mark in sent if raised and mark.at >= raised[0]), None)


def morning(now: datetime, days: int, rules: ShopRules) -> datetime:
    """When the shop opens in this many days, on its own clock; in UTC."""
    day = now.astimezone(rules.zone).date() + timedelta(days=days)
    return datetime.combine(day, rules.opens_at, rules.zone).astimezone(UTC)


def by_promise(cases: Iterable[Case]) -> list[Case]:
    """Sorted by follow-up time, the earliest first (R93)."""
    return sorted(cases, key=lambda case: (case.come_back_at, case.id))
