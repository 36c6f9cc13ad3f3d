"""«Подробно»: all that a person may read of an order, in place of its card (R13, X16)."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.client import agreements
from messages.delivery import crew_talk
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines
from messages.money.payouts import real_payout
from messages.order import changes, phone_access, stop_after_cancel, unclear_orders, waiting
from messages.order.courier_card import courier_details, delivery_phrases
from messages.order.marketplace import marketplace_lines
from messages.order.progress import progress_lines
from messages.order.staff_card import picture
from messages.ui import limits
from messages.ui.buttons import keyboard, tap
from messages.ui.composition import composition
from messages.ui.formatting import moment
from messages.ui.heading import opening, unread_lines
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.access.privacy import Secret
from orders.model.details import DeliveryKind, Person
from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Order
from orders.model.people import Party, Role
from orders.model.status import Status
from orders.money.balance import balance, extra_in_all, has_mixed_currencies


def details(look: Look) -> Screen:
    """Blocks of lines, separated by empty lines; empty blocks are omitted."""
    lines: list[Markup] = courier_details(look) if look.viewer.role is Role.COURIER else []
    blocks = () if lines else _BLOCKS
    for block in filter(None, (make(look) for make in blocks)):
        lines += [Markup(), *block] if lines else block
    can = look.steps.open
    row = [tap(look.order, do, look.t) for do in (Do.PRINT, Do.CARD) if do in can | {Do.CARD}]
    flag = [tap(look.order, Do.FLAG, look.t)] if Do.FLAG in can else []
    files = [tap(look.order, Do.NOTES, look.t)] if crew_talk.files_for(look) else []
    return Screen(str(fit_lines(lines)), keyboard([files, flag, row]), picture(look.order))


def _opening(look: Look) -> list[Markup]:
    lines = opening(look.order, look.rules, look.now, look.t)
    erased_at = look.order.erased_at
    if erased_at is not None:
        lines.append(look.t("card-erased", when=moment(erased_at, look.now, look.rules.zone, look.t)))
    return [*lines, *waiting.card_lines(look), *unread_lines(look.order, look.t)]


def _phrases(look: Look) -> list[Markup]:
    carries = Party.CARRIER in look.standing and look.order.status is Status.COURIER_LEFT
    return delivery_phrases(look) if carries else []


def _composition(look: Look) -> list[Markup]:
    return composition(look.order, look.t, with_sums=look.may(Secret.MONEY))


def _notes(look: Look) -> list[Markup]:
    details = look.order.details
    if not look.may(Secret.CARD_TEXT):
        return []
    payment = details.payment_note if look.may(Secret.MONEY) else ""
    return look.filled(
        [
            ("card-text", details.card_text, limits.CARD_TEXT),
            ("card-client-note", details.client_note, limits.NOTE),
            ("card-shop-note", details.shop_note, limits.NOTE),
            ("card-payment-note", payment, limits.NOTE),
        ]
    )


def _new_destination(look: Look) -> list[Markup]:
    """An order redirected to another recipient starts with the new destination (R91)."""
    return _where_and_who(look) if look.order.progress.went_to is not None else []


def _destination(look: Look) -> list[Markup]:
    return [] if look.order.progress.went_to is not None else _where_and_who(look)


def _where_and_who(look: Look) -> list[Markup]:
    if not look.may(Secret.ADDRESS):
        return []
    details = look.order.details
    lines = [_where(look), *look.filled([("card-courier-note", details.courier_note, limits.NOTE)])]
    if look.may(Secret.RECIPIENT_NAME):
        lines.append(_recipient(look))
    if look.may(Secret.CLIENT_NAME):
        # The client's phone is for emergencies and must be requested (R62, R82).
        lines.append(look.t("card-client", text=_name(details.client, look.t)))
    return lines


def _where(look: Look) -> Markup:
    details, t = look.order.details, look.t
    if details.delivery is DeliveryKind.PICKUP:
        return t("card-pickup")
    address = clean(details.address, limits.ADDRESS)
    if not address:
        return t("card-address-unread" if details.unread else "card-address-unknown")
    return t("card-address", text=address)


def _recipient(look: Look) -> Markup:
    """Name and phone; while the phone is hidden, the line says until when (R68)."""
    recipient, t = look.order.details.recipient, look.t
    line = t("card-recipient", text=_name(recipient, t))
    phone = clean(recipient.phone, limits.PHONE)
    if not phone:
        return line
    if look.may(Secret.RECIPIENT_PHONE):
        return t("joined", first=line, second=phone)
    if look.order.is_final:
        return line
    has_left = look.order.progress.dispatched is not None
    return t("joined", first=line, second=t("phone-with-carrier" if has_left else "phone-hidden"))


def _name(person: Person, t: Translator) -> Markup:
    return t("said", text=person_name(person.name, t, limits.PERSON))


def _money(look: Look) -> list[Markup]:
    """What was paid, the shares of it, and the real payout, which is known weeks later (R13)."""
    if not look.may(Secret.MONEY):
        return []
    came = [real_payout(look.order, look.real, look.rules, look.t)] if look.real else []
    return [*_shares(look), *came]


def _shares(look: Look) -> list[Markup]:
    paid, t = look.order.details.paid, look.t
    if paid is None:
        return []
    lines = [_paid(look.order, paid, t)]
    if has_mixed_currencies(look.order):
        lines.append(t("card-mixed-currencies"))
    found = balance(look.order, look.rules)
    if found and look.order.progress.closing is None and not is_own(look.order.number):
        commission, acquiring = money(found.commission, t), money(found.acquiring, t)
        shop = money(found.to_shop, t)
        lines.append(t("card-shares", commission=commission, acquiring=acquiring, shop=shop))
        if found.refund.minor:
            lines.append(t("card-part-given-back", amount=money(found.refund, t)))
    return lines


def _paid(order: Order, price: Money, t: Translator) -> Markup:
    """The total that the client paid; a surcharge stays on the card to the end (R70)."""
    extra = extra_in_all(order)
    if extra is None or not extra.minor:
        return t("card-paid", amount=money(price, t))
    return t("card-paid-with-extra", amount=money(price + extra, t), extra=money(extra, t))


_BLOCKS: tuple[Callable[[Look], list[Markup]], ...] = (
    _opening,
    _new_destination,
    stop_after_cancel.card_lines,
    unclear_orders.card_lines,
    changes.card_lines,
    agreements.card_lines,
    phone_access.card_lines,
    _phrases,
    _composition,
    _notes,
    _destination,
    progress_lines,
    _money,
    marketplace_lines,
    crew_talk.detail_lines,
)
