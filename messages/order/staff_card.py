"""The card for directors, managers and sellers: readable in two seconds, fits a phone (R13, X16).

It shows the status, the deadline, products, address, the client's demands, and what to do or know now.
Everything else is in «Подробно» (`messages/card/details.py`).
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from messages.client import agreements
from messages.delivery import address, courier_search, crew_talk
from messages.delivery.insisted import flagged_lines, insisted
from messages.i18n.phone_screen import Rank, Ranked, fitted
from messages.i18n.untrusted_text import clean
from messages.money.payouts import real_payout
from messages.order import changes, phone_access, stop_after_cancel, unclear_orders, waiting
from messages.order.courier_card import delivery_phrases
from messages.order.history import after_delivery
from messages.order.layout import card_rows
from messages.order.marketplace import marketplace_lines
from messages.order.progress import carrier_line, now_lines, people_line, photo_lines
from messages.support import gifts
from messages.ui import limits
from messages.ui.buttons import keyboard
from messages.ui.composition import short_composition
from messages.ui.formatting import moment
from messages.ui.heading import heading, trial_lines, unread_lines, when
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.access.privacy import Secret
from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.people import Party
from orders.model.status import IN_THE_SHOP, Status
from orders.parsing.urgent_words import without_urgent


def staff_card(look: Look) -> Screen:
    """The lines that fit a phone; less important ones are dropped."""
    rows = card_rows(look)
    lines = [Ranked(line, rank) for rank, make in _BLOCKS for line in make(look)]
    return Screen(str(fitted(lines, len(rows))), keyboard(rows), picture(look.order))


def picture(order: Order) -> str:
    """The picture of the first product that has one (R13)."""
    urls = (line.picture_url for line in order.details.lines)
    return next((url for url in urls if url.startswith(("https://", "http://"))), "")


def _heading(look: Look) -> list[Markup]:
    return [heading(look.order, look.rules, look.now, look.t)]


def _trial(look: Look) -> list[Markup]:
    return trial_lines(look.order, look.t)


def _not_known(look: Look) -> list[Markup]:
    erased_at, found = look.order.erased_at, unread_lines(look.order, look.t)
    if erased_at is None:
        return found
    return [look.t("card-erased", when=moment(erased_at, look.now, look.rules.zone, look.t)), *found]


def _goods(look: Look) -> list[Markup]:
    """All products on one line, with the sum that helps a chief to decide about a new order."""
    goods = short_composition(look.order, look.t)
    paid = look.order.details.paid
    if look.order.status is Status.NEW and paid is not None and look.may(Secret.MONEY):
        return [look.t("joined", first=goods, second=money(paid, look.t))]
    return [goods]


def _insisted(look: Look) -> list[Markup]:
    details = look.order.details
    if look.order.is_final:
        return []
    notes = (details.client_note, details.shop_note) if look.may(Secret.CARD_TEXT) else ()
    at_the_door = (details.courier_note,) if look.may(Secret.ADDRESS) else ()
    return insisted(look, (*notes, *at_the_door))


def _place(look: Look) -> list[Markup]:
    """«Сегодня 14:00-15:00 · Лесная 5, кв 12»."""
    time = when(look.order, look.rules, look.now, look.t, with_distance=False)
    if not look.may(Secret.ADDRESS):
        return [time]
    return [look.t("joined", first=time, second=_where(look))]


def _where(look: Look) -> Markup:
    details, t = look.order.details, look.t
    if details.delivery is DeliveryKind.PICKUP:
        return t("card-pickup")
    address = clean(details.address, limits.CARD_ADDRESS)
    if not address:
        return t("card-address-unread" if details.unread else "card-address-unknown")
    return t("said", text=address)


def _recipient(look: Look) -> list[Markup]:
    """The recipient, for viewers who may read the phone; for others it is in «Подробно»."""
    is_new = look.order.progress.went_to is not None
    has_phone = look.may(Secret.RECIPIENT_PHONE) and look.order.details.recipient.phone
    return [] if is_new or not has_phone or look.order.is_final else [_recipient_line(look)]


def _new_recipient(look: Look) -> list[Markup]:
    """The new recipient of a redirected order, for everybody who may read the name (R91)."""
    is_new = look.order.progress.went_to is not None
    return [_recipient_line(look)] if is_new and look.may(Secret.RECIPIENT_NAME) else []


def _recipient_line(look: Look) -> Markup:
    recipient = look.order.details.recipient
    phone = clean(recipient.phone, limits.CARD_NAME) if look.may(Secret.RECIPIENT_PHONE) else ""
    name = person_name(recipient.name, look.t, limits.CARD_NAME)
    return look.t("card-recipient", text=" · ".join(filter(None, (name, phone))))


def _phrases(look: Look) -> list[Markup]:
    carries = Party.CARRIER in look.standing and look.order.status is Status.COURIER_LEFT
    return delivery_phrases(look) if carries else []


def _work(look: Look) -> list[Markup]:
    """What the florist needs: the words for the card, and other wishes."""
    if look.order.status not in IN_THE_SHOP or Party.ASSIGNED_SELLER not in look.standing:
        return []
    details, flagged = look.order.details, flagged_lines(look)
    return look.filled(
        [
            ("card-text", details.card_text, limits.CARD_WISH),
            ("card-client-note", without_urgent(details.client_note, flagged), limits.CARD_WISH),
            ("card-shop-note", without_urgent(details.shop_note, flagged), limits.CARD_WISH),
        ]
    )


def _came(look: Look) -> list[Markup]:
    """The marketplace's real payout, which is known weeks later (R13)."""
    if look.real is None or not look.may(Secret.MONEY):
        return []
    return [real_payout(look.order, look.real, look.rules, look.t)]


_BLOCKS: tuple[tuple[Rank, Callable[[Look], list[Markup]]], ...] = (
    (Rank.FIRST, _heading),
    (Rank.FIRST, _trial),
    (Rank.NOW, _not_known),
    (Rank.NOW, stop_after_cancel.card_lines),
    (Rank.NOW, unclear_orders.card_lines),
    (Rank.FIRST, _goods),
    (Rank.FIRST, _insisted),
    (Rank.FIRST, _place),
    (Rank.NOW, changes.first_card_lines),
    (Rank.FIRST, _new_recipient),
    (Rank.WORK, _recipient),
    (Rank.NOW, address.card_lines),
    (Rank.NOW, courier_search.card_lines),
    (Rank.NOW, crew_talk.card_lines),
    (Rank.NOW, agreements.card_lines),
    (Rank.NOW, phone_access.card_lines),
    (Rank.NOW, after_delivery.card_lines),
    (Rank.NOW, gifts.card_lines),
    (Rank.WORK, _phrases),
    (Rank.NOW, carrier_line),
    (Rank.NOW, now_lines),
    (Rank.NOW, waiting.card_lines),
    (Rank.GOOD_TO_KNOW, people_line),
    (Rank.GOOD_TO_KNOW, photo_lines),
    (Rank.WORK, _work),
    (Rank.NOW, marketplace_lines),
    (Rank.WORK, _came),
)
