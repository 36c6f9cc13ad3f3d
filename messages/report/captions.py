"""The sentence below a report's picture, and its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from markupsafe import escape

from messages.i18n.texts import Translator
from messages.report.pictures import came_beside, kind_words
from messages.report.rows import minutes_said
from messages.report.taps import SummaryDo, SummaryTap
from messages.report.tiles import sums_said, tiles
from messages.report.titles import days_said, full_title
from messages.ui.buttons import keyboard
from orders.model.rules import ShopRules
from orders.report.figures import Figures
from orders.report.spans import Period, ReportSpan


def caption(figures: Figures, rules: ShopRules, now: datetime, t: Translator) -> str:
    """A caption with the main figures, for people who do not open the picture."""
    name = full_title(figures.span, now.astimezone(rules.zone).date(), t, own=figures.own)
    if figures.is_empty:
        words = t.plain(kind_words(figures.span, rules, now, own=figures.own))
        return str(t("summary-caption-empty", title=name, words=words))
    return str(t("summary-caption", title=name, parts=escape(", ".join(_parts(figures, t)))))


def in_words(figures: Figures, rules: ShopRules, now: datetime, t: Translator) -> str:
    """The report without a picture: the caption, and each main figure as a line."""
    lines = [str(t("summary-not-drawn")), "", caption(figures, rules, now, t)]
    shown = [] if figures.is_empty else tiles(figures, t)
    lines += [
        str(t("summary-in-words", label=one["label"], value=one["value"], note=one["note"])) for one in shown
    ]
    return "\n".join(lines)


def buttons(tap: SummaryTap, span: ReportSpan, today: date, t: Translator) -> InlineKeyboardMarkup | None:
    """Buttons: details, table, other days. `tap` describes the report that is shown."""
    is_details = tap.do is SummaryDo.DETAILS
    other = SummaryDo.GLANCE if is_details else SummaryDo.DETAILS
    behind = [
        _button(t.plain(f"do-summary-{other.value}"), tap, do=other),
        _button(t.plain("do-summary-file"), tap, do=SummaryDo.FILE),
    ]
    periods = [_button(_label(one, tap, t), tap, period=one) for one in Period]
    turns = [_button(t.plain("do-summary-earlier"), tap, day=span.first.toordinal() - 1)]
    if span.last < today:
        turns.append(_button(t.plain("do-summary-later"), tap, day=span.last.toordinal() + 1))
    close = [_button(t.plain("do-summary-close"), tap, do=SummaryDo.CLOSE)]
    return keyboard([behind, periods, turns, close])


def _label(one: Period, tap: SummaryTap, t: Translator) -> str:
    label = t.plain(f"do-summary-{one.value}")
    return t.plain("do-summary-chosen", label=label) if one is tap.period else label


def _button(label: str, tap: SummaryTap, **changes: SummaryDo | Period | int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=tap.model_copy(update=changes).pack())


def _parts(figures: Figures, t: Translator) -> Iterator[str]:
    states, punctual = figures.states, figures.punctuality
    yield from _counted(figures, t)
    if figures.comparison:
        key = f"summary-caption-before-{figures.span.period.value}"
        yield t.plain(key, days=days_said(figures.comparison.days, t), count=figures.comparison.before.orders)
    if figures.own:
        if figures.assembled:
            yield t.plain("summary-caption-assembled", count=figures.assembled)
        if figures.delivered:
            yield t.plain("summary-caption-delivered", count=figures.delivered)
    elif states.total:
        yield t.plain("summary-done", count=states.done)
    if figures.acceptance.median is not None:
        yield t.plain("summary-caption-accepted", duration=minutes_said(figures.acceptance.median, t))
    if punctual.late:
        yield t.plain("summary-caption-late", count=punctual.late)
    elif punctual.due and punctual.on_time == punctual.due:
        yield t.plain("summary-caption-all-in-time")
    if figures.money is not None and figures.money.expected:
        yield t.plain("summary-caption-money", amount=sums_said(figures.money.expected, t))


def _counted(figures: Figures, t: Translator) -> Iterator[str]:
    """How many by the day of delivery, and where it is another number, how many were placed."""
    counted = "summary-orders-counted" if figures.own else "summary-deliveries-counted"
    yield t.plain(counted, count=figures.states.total)
    if came := came_beside(figures):
        yield t.plain("summary-came", count=came)
