"""Routes outbox rows to the services that deliver them."""

from __future__ import annotations

from dataclasses import dataclass

from services.backup.backup_writer import BackupWriter
from services.bell.waiting_orders import WaitingOrders
from services.client.client_cards import ClientCards
from services.client.message_delivery import ABOUT_CLIENT, MessageDelivery
from services.health.clock import utc_now
from services.health.metrics import Metrics
from services.health.set_aside import SetAside
from services.health.troubles import TroubleKind, Troubles
from services.order.recipients import LADDER
from services.order.refused_calls import RefusedCalls
from services.report.reports import Reports
from services.sending.sender import Deliver
from services.sending.unreachable_chats import UnreachableChats
from services.shop.shop_notifications import ShopNotifications
from storage.db.errors import BackupUnavailable
from storage.sending.outbox import Kind, Row, ShopRow
from storage.sending.shop_notifications import NewsKind

_TO_CLIENT = frozenset(
    {
        Kind.CLIENT_CARD,
        Kind.CLIENT_STEP,
        Kind.CLIENT_PHOTO,
        Kind.CLIENT_THUMBS,
        Kind.CLIENT_PHOTO_AWAY,
        Kind.CLIENT_HANDOVER,
        Kind.CLIENT_MAP,
        Kind.MAP_OVER,
        Kind.MAP_NOTE_OVER,
        Kind.CLIENT_NEWS,
        Kind.CLIENT_NUDGE,
        Kind.CLIENT_ANSWER_NUDGE,
    }
)
_TALK = frozenset({Kind.CLIENT_TALK, *ABOUT_CLIENT})


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The services that deliver rows, and a method for each channel."""

    waiting: WaitingOrders
    client_cards: ClientCards
    talks: MessageDelivery
    lost: UnreachableChats
    refused: RefusedCalls
    copies: BackupWriter
    set_aside: SetAside
    shops: ShopNotifications
    reports: Reports
    troubles: Troubles
    metrics: Metrics

    async def to_telegram(self, row: Row) -> None:
        with self.metrics.sending(row, utc_now()):
            if row.kind is Kind.SET_ASIDE:
                await self.set_aside.tell(row)
                return
            if row.kind in {Kind.UNREACHABLE, Kind.REACHABLE, Kind.CALL_REFUSED}:
                words = self.refused if row.kind is Kind.CALL_REFUSED else self.lost
                await words.tell(row)
                return
            if row.kind in _TO_CLIENT | _TALK:
                clients = self.client_cards if row.kind in _TO_CLIENT else self.talks
                await clients.deliver(row)
                return
            if row.kind is Kind.BELL:
                is_ladder = row.subject == LADDER
                await self.waiting.join(row.order_id, row.target, aloud=row.sound, is_ladder=is_ladder)
                return
            if row.kind is Kind.WAITING:
                await self.waiting.refresh(row.order_id, row.target)
                return
            if row.kind is Kind.CARD_ANEW:
                await self.waiting.live_cards.show_quietly(row.order_id, row.target)
                return
            live_cards = self.waiting.live_cards
            show = live_cards.alarm if row.kind is Kind.ALARM else live_cards.refresh
            await show(row.order_id, row.target, aloud=row.sound, again=row.attempts > 0)

    async def of_shop(self, row: ShopRow) -> None:
        with self.metrics.sending(row, utc_now()):
            is_report = row.kind == NewsKind.EVENING_REPORT
            await (self.reports if is_report else self.shops).deliver(row)

    async def to_copy(self, row: Row) -> None:
        try:
            with self.metrics.sending(row, utc_now()):
                await self.copies.write(row.order_id, row.version)
        except BackupUnavailable as error:
            self.troubles.report(TroubleKind.BACKUP, str(error))
            raise

    def counted(self, deliver: Deliver) -> Deliver:
        """The same delivery, with each attempt counted in the metrics."""

        async def deliver_counted(row: Row) -> None:
            with self.metrics.sending(row, utc_now()):
                await deliver(row)

        return deliver_counted
