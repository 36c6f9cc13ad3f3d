"""Counts reports and has them drawn, on request and each evening (X10).

Chiefs get the shop's report, everybody else their own. Nothing of it is sent to a group.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiogram import Bot
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.report.captions import buttons, caption, in_words
from messages.report.pictures import details, glance
from messages.report.tables import Listed, sheets
from messages.report.taps import SummaryDo, SummaryTap
from orders.model.order import Order
from orders.report.figures import Figures, Sources, days_before, report, sees_shop
from orders.report.spans import ReportSpan, day_span, report_span, span_before
from services.health.drawings import NotDrawn, drawn, give_up
from services.health.troubles import TroubleKind, Troubles
from services.report.drawing import Drawing
from storage.db.database import Database
from storage.money import transactions
from storage.order import reported_orders
from storage.sending.outbox import ShopRow
from storage.sending.shop_notifications import news_of
from storage.shop import shops
from storage.shop.shops import Shop
from storage.support import compensations
from storage.team import staff
from storage.team.staff import Member


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report as it is sent: a picture with caption and buttons."""

    png: bytes
    caption: str
    keyboard: InlineKeyboardMarkup | None


class Reports:
    """Reads the data, counts the figures, and has them drawn."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        drawing: Drawing,
        troubles: Troubles,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._database = database
        self._drawing = drawing
        self._troubles = troubles
        self._clock = clock

    async def figures(self, viewer: Member, shop: Shop, span: ReportSpan) -> tuple[Figures, Sources]:
        """The figures of these days that this member may read, and the data behind them."""
        async with self._database.snapshot() as c:
            sources = await _sources(c, viewer, shop, span)
        return report(sources, span, viewer.actor, shop.rules, self._clock()), sources

    async def drawn(self, viewer: Member, shop: Shop, tap: SummaryTap) -> Drawn:
        """The picture that a button asks for. Raises NotDrawn."""
        span, now, t = self._span(shop, tap), self._clock(), Translator(viewer.language)
        figures, _ = await self.figures(viewer, shop, span)
        making = details if tap.do is SummaryDo.DETAILS else glance
        png = await self.picture(making(figures, shop.name, shop.rules, now, t))
        keys = buttons(tap, span, self.today(shop), t)
        return Drawn(png, caption(figures, shop.rules, now, t), keys)

    async def picture(self, data: Mapping[str, Any]) -> bytes:
        """Draw a PNG from data such as those of `messages.report.pictures`. Raises NotDrawn."""
        found = await drawn(self._drawing.picture(data))
        self._troubles.over(TroubleKind.DRAWING)
        return found

    async def table(self, viewer: Member, shop: Shop, tap: SummaryTap) -> BufferedInputFile:
        """The same figures, and the orders behind them, as XLSX. Raises NotDrawn."""
        span, t = self._span(shop, tap), Translator(viewer.language)
        figures, sources = await self.figures(viewer, shop, span)
        listed = Listed(sources.due, sources.payouts, shop.rules, self._clock())
        content = await drawn(self._drawing.table(sheets(figures, listed, t)))
        days = dict.fromkeys([span.first.isoformat(), span.last.isoformat()])
        return BufferedInputFile(content, f"report-{'-'.join(days)}.xlsx")

    def today(self, shop: Shop) -> date:
        """The current date in the shop's time zone."""
        return self._clock().astimezone(shop.rules.zone).date()

    def first_tap(self, shop: Shop) -> SummaryTap:
        """The report for a request without a button: today's summary."""
        return SummaryTap(do=SummaryDo.GLANCE, shop=shop.id, day=self.today(shop).toordinal())

    async def deliver(self, row: ShopRow) -> None:
        """Send the evening report of this outbox row, with the figures as they are now, without sound.

        After `MOST_DRAWINGS` failed attempts to draw it, the figures are sent as text. People who no longer
        work in the shop get none, nor do people without orders unless they see the whole shop.
        """
        news = news_of(row)
        async with self._database.snapshot() as c:
            shop = await shops.get(c, news.shop_id)
            places = await staff.by_telegram(c, news.chat_id)
        reader = next((one for one in places if one.shop_id == news.shop_id), None)
        if shop is None or reader is None:
            return
        tap = SummaryTap(do=SummaryDo.GLANCE, shop=shop.id, day=news.subject)
        if not sees_shop(reader.actor, shop.id):
            figures, _ = await self.figures(reader, shop, self._span(shop, tap))
            if figures.is_empty:
                return
        try:
            found = await self.drawn(reader, shop, tap)
        except NotDrawn as error:
            give_up(self._troubles, TroubleKind.DRAWING, row.attempts + 1, error)
            await self._send_words(reader, shop, tap, news.chat_id)
            return
        await self._bot.send_photo(
            news.chat_id,
            BufferedInputFile(found.png, "report.png"),
            caption=found.caption,
            reply_markup=found.keyboard,
            disable_notification=True,
        )

    async def _send_words(self, reader: Member, shop: Shop, tap: SummaryTap, chat_id: int) -> None:
        span, t = self._span(shop, tap), Translator(reader.language)
        figures, _ = await self.figures(reader, shop, span)
        await self._bot.send_message(
            chat_id,
            in_words(figures, shop.rules, self._clock(), t),
            reply_markup=buttons(tap, span, self.today(shop), t),
            disable_notification=True,
        )

    def _span(self, shop: Shop, tap: SummaryTap) -> ReportSpan:
        return report_span(tap.period, date.fromordinal(tap.day), shop.rules.zone)


async def _sources(c: AsyncConnection, viewer: Member, shop: Shop, span: ReportSpan) -> Sources:
    """The whole shop's data for those who may see it; for others only their own orders."""
    due = await reported_orders.due(c, shop.id, span.start, span.end)
    if not sees_shop(viewer.actor, shop.id):
        return Sources([one for one in due if _is_theirs(one, viewer.staff_id)])
    before = {}
    for day in days_before(span):
        other = day_span(day, shop.rules.zone)
        before[day] = await reported_orders.due(c, shop.id, other.start, other.end)
    last = span_before(span, shop.rules.zone)
    return Sources(
        due=due,
        earlier=await reported_orders.due(c, shop.id, last.start, last.end) if last else (),
        came=await reported_orders.placed(c, shop.id, span.start, span.end),
        payouts=await transactions.payouts(c, shop.id, [one.number for one in due]),
        claims=await compensations.opened(c, shop.id, span.start, span.end),
        before=before,
    )


def _is_theirs(order: Order, staff_id: int) -> bool:
    people = (order.progress.seller, order.progress.carrier)
    return any(one is not None and one.staff_id == staff_id for one in people)
