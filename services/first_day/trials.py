"""The trial order: made up from the texts, worked like any other, removed with one tap without a trace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from messages.i18n.texts import LANGUAGES, Translator
from orders.access.roles import Act, may
from orders.model.details import Category, Details, Line, Person, Window
from orders.model.money import Money
from orders.model.numbers import TRIAL_NUMBERS
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from services.order.desk import Desk, Incoming, Receipt
from services.order.order_files import personal_files
from services.order.recipients import waiting_again
from services.sending.bot_middlewares import turn
from services.sending.message_removal import take_away
from storage.bell import bells
from storage.db.database import Database
from storage.order import trial_orders
from storage.photo.photo_files import PhotoFiles
from storage.sending import outbox
from storage.sending.outbox import Priority
from storage.shop import shops

PAID = Money(490_000)
AHEAD = timedelta(hours=2)
"""From the creation of a trial order to its delivery: enough for each deadline to be seen."""

log = structlog.get_logger(__name__)


class TrialOrders:
    """Creates and removes trial orders; each shop has at most one."""

    def __init__(
        self, bot: Bot, database: Database, files: PhotoFiles, clock: Callable[[], datetime]
    ) -> None:
        self._bot = bot
        self._database = database
        self._files = files
        self._clock = clock
        self._desk = Desk(database, clock)

    async def make(self, actor: Actor, t: Translator) -> Receipt:
        """The shop's open trial order; creates one where there is none. Raises Refusal.

        It arrives like an order of the marketplace: with sound, and somebody has to accept it.
        """
        shop_id = _shop_of(actor)
        async with self._database.snapshot() as c:
            shop = await shops.get(c, shop_id)
            before = await trial_orders.of_shop(c, shop_id)
        if shop is None:
            raise Refusal(Reason.NOT_FOUND)
        if before is not None and before.is_final:
            await self._remove(before)
            before = None
        if before is not None:
            return Receipt(before, is_new=False)
        now = self._clock()
        details = trial_details(now, shop.rules, t)
        number = f"{TRIAL_NUMBERS[LANGUAGES.index(t.language)]}1"
        receipt = await self._desk.receive(shop_id, Incoming(number, now, details, {}))
        log.info("trial_made", shop_id=shop_id)
        return receipt

    async def remove(self, actor: Actor) -> bool:
        """Remove the shop's trial order with its messages and files; False where there is none.

        Raises Refusal.
        """
        async with self._database.snapshot() as c:
            order = await trial_orders.of_shop(c, _shop_of(actor))
        if order is not None:
            await self._remove(order)
        return order is not None

    async def _remove(self, order: Order) -> None:
        now = self._clock()
        async with self._database.write() as c:
            paths = {photo.path for photo in (*order.progress.photos, *order.proofs)}
            paths |= set(await personal_files(c, order))
            removed = await trial_orders.remove(c, order.id)
            await bells.let_go(c, order.id)
            await outbox.put(c, [waiting_again(other, chat, now) for chat, other in sorted(removed.lists)])
        for chat, message in sorted(removed.messages):
            with suppress(TelegramAPIError), turn(Priority.CARD):  # a message that cannot be deleted is left
                await take_away(self._bot, chat, message)
        for path in sorted(paths):
            await self._files.remove(path)
        log.info("trial_removed", shop_id=order.shop_id)


def trial_details(now: datetime, rules: ShopRules, t: Translator) -> Details:
    """A bouquet with a card for a made-up address, due in two hours; it has no phone to call."""
    local = now.astimezone(rules.zone)
    start = (local + AHEAD).replace(minute=0, second=0, microsecond=0)
    if start < local + AHEAD - timedelta(minutes=30):
        start += timedelta(hours=1)
    return Details(
        lines=(
            Line(t.plain("trial-bouquet"), paid=PAID, category=Category.FLOWERS_GIFTS),
            Line(t.plain("trial-card"), paid=Money(0), is_addon=True),
        ),
        window=Window(start, start + timedelta(hours=1)),
        address=t.plain("trial-address"),
        client_note=t.plain("trial-wish"),
        card_text=t.plain("trial-words"),
        client=Person(t.plain("trial-client")),
        recipient=Person(t.plain("trial-recipient")),
        paid=PAID,
    )


def _shop_of(actor: Actor) -> int:
    if actor.shop_id is None or not may(actor, Act.RUN_SHOPS, actor.shop_id):
        raise Refusal(Reason.NOT_YOURS)
    return actor.shop_id
