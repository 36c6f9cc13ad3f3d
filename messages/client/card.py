"""The client's view of the order (X7): its progress, its arrival, the photo to rate.

It contains no recipient, address or sum, and of the staff only the first name of the courier on the way
(X23), as another person may have the link.
"""

from __future__ import annotations

import re
from datetime import datetime
from zlib import crc32

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.client import ClientDo, ClientTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines
from messages.ui import limits
from messages.ui.buttons import keyboard
from messages.ui.composition import short_composition
from messages.ui.formatting import clock, moment, span
from messages.ui.heading import number, when
from messages.ui.screen import Screen
from orders.client import arrival
from orders.intake.first_names import FIRST_NAMES
from orders.model.after_delivery import may_complain, pending
from orders.model.details import DeliveryKind, Window
from orders.model.numbers import is_own
from orders.model.order import CarrierKind, Handover, Order
from orders.model.photo import Rating
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.parsing.side_channels import HIDDEN, without_digit_runs, without_links
from orders.parsing.urgent_words import is_surprise
from orders.photo.checklist import has_card
from orders.steps.mishaps.proofs import client_code
from orders.steps.photos import newest_together

_PHONE = re.compile(r"\+?[0-9](?:[\s().-]*[0-9]){4,}")
"""Five digits or more: the country is unknown here, and house numbers are shorter."""


def client_card(
    order: Order, shop: str, rules: ShopRules, now: datetime, t: Translator, on_route: Window | None = None
) -> Screen:
    """The one message about the order in the client's chat. `on_route`: the arrival by the route."""
    lines = [
        t("client-title", number=number(order), shop=shop),
        *_stages(order, t),
        *(coming := _arrival(order, on_route, rules, now, t)),
        *(
            [] if arrival.is_at_the_door(order) else [_state(order, t)]
        ),  # «в пути» would contradict the line above
        *_given_to(order, t),
        Markup(),
    ]
    if not order.is_final and not coming:
        lines.append(when(order, rules, now, t, with_distance=False))
    lines.append(short_composition(order, t))
    lines += _code(order, rules, t)
    rows = [[client_button(order, ClientDo.WRITE, t)]]
    can_complain = may_complain(order.progress.since, now) and pending(order.disputes) is None
    if order.status is Status.DONE and can_complain and not is_own(order.number):
        complain = ClientTap(do=ClientDo.DISLIKED, order=order.id, arg=mark_of_photo(order))
        rows.append([_button(t.plain("client-do-complain"), complain)])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def mark_of_photo(order: Order) -> int:
    """Identifies the newest photo by its content: after a move, version numbers are reused."""
    photos = order.progress.photos
    return crc32(photos[-1].sha256.encode()) if photos else 0


def photo_to_rate(order: Order, rules: ShopRules, t: Translator) -> Screen:
    """The words below one or several photos, and the buttons to rate them (R26)."""
    text = t("client-photo", number=number(order), what=_what_is_shown(order, rules))
    return Screen(text, keyboard(_thumbs(order, t)))


def _what_is_shown(order: Order, rules: ShopRules) -> str:
    """Whether the newest photos are the first, a correction, or additional ones (R37)."""
    photos = order.progress.photos
    if newest_together(order, rules)[0] == photos[0]:
        return "first"
    return "corrected" if photos[-1].answers or order.agreements else "more"


def album_caption(order: Order, count: int, t: Translator) -> Markup:
    """The order and the number of pictures; Telegram shows it below all of them."""
    return t("client-photos", number=number(order), count=count)


def photo_taken_out(order: Order, t: Translator, *, is_gone: bool) -> Screen:
    """Why a photo was deleted from the chat; if it could not be, that it is not of this order."""
    key = "client-photo-gone" if is_gone else "client-photo-foreign"
    return Screen(t(key, number=number(order)))


def rating_nudge(order: Order, t: Translator) -> Screen:
    """Ask once whether all is well, if the client does not rate (R30); the work goes on (R31)."""
    return Screen(t("client-nudge", number=number(order)), keyboard(_thumbs(order, t)))


def what_is_wrong(order: Order, t: Translator) -> Screen:
    """Ask what should be different (R32): ready answers or words; after the delivery only words."""
    if order.status is Status.DONE:
        return Screen(t("client-what-was-wrong", number=number(order)))
    photo = mark_of_photo(order)
    rows = [
        [_button(words, ClientTap(do=ClientDo.WRONG, order=order.id, arg=_packed(photo, index)))]
        for index, words in enumerate(ready_complaints(order, t))
    ]
    return Screen(t("client-what-is-wrong", number=number(order)), keyboard(rows))


def ready_complaints(order: Order, t: Translator) -> list[str]:
    """The answers that need no typing. That of the card is the last: buttons know the answers by place."""
    of_card = [t.plain("client-complaint-no-card")] if has_card(order) else []
    return [*t.plain("client-complaints").splitlines(), *of_card]


def unpacked(arg: int) -> tuple[int, int]:
    """The photo's mark and the ready answer's index from a button of `what_is_wrong`."""
    return divmod(arg, _PLACES)


_PLACES = 100


def _packed(photo: int, place: int) -> int:
    return photo * _PLACES + place


def client_button(order: Order, do: ClientDo, t: Translator, arg: int = 0) -> InlineKeyboardButton:
    """A button in the client's chat."""
    return _button(t.plain(f"client-do-{do.value}"), ClientTap(do=do, order=order.id, arg=arg))


def _button(label: str, tap: ClientTap) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=label, callback_data=tap.pack())


def _thumbs(order: Order, t: Translator) -> list[list[InlineKeyboardButton]]:
    photo = mark_of_photo(order)
    thumbs = [client_button(order, do, t, photo) for do in (ClientDo.LIKED, ClientDo.DISLIKED)]
    return [thumbs, [client_button(order, ClientDo.WRITE, t)]]


def handover_caption(order: Order, t: Translator) -> Markup:
    """The words below the photo of the hand-over: the last message about the order."""
    return t("client-handed-over", number=number(order))


def _stages(order: Order, t: Translator) -> list[Markup]:
    """«●принят ●собран ○в пути ○вручён»: the progress; empty for a cancelled or declined order."""
    if order.status in {Status.CANCELLED, Status.DECLINED}:
        return []
    is_pickup = order.details.delivery is DeliveryKind.PICKUP
    left = order.status in {Status.COURIER_LEFT, Status.RETURNING} or order.left_with_third_party
    is_done = order.status is Status.DONE
    reached = {
        "accepted": order.status is not Status.NEW,
        "assembled": order.status is Status.PHOTO or left or is_done,
        "on-way": left or is_done,
        "handed-over": is_done,
    }
    if is_pickup:
        reached = {"accepted": reached["accepted"], "assembled": reached["assembled"], "picked-up": is_done}
    return [
        Markup(" ").join(
            escape("●" if is_reached else "○") + t(f"client-stage-{name}")
            for name, is_reached in reached.items()
        )
    ]


def _arrival(
    order: Order, on_route: Window | None, rules: ShopRules, now: datetime, t: Translator
) -> list[Markup]:
    """«Пётр будет 07:20-07:40»; a past time is replaced by the words that it is overdue."""
    window = arrival.expected(order, on_route)
    if not arrival.is_under_way(order):
        return []
    who = _courier(order, t)
    if arrival.is_at_the_door(order):
        return [t("client-at-the-door", who=who)]
    if window is None:
        return []
    if arrival.is_overdue(order, on_route, now):
        return [t("client-arrival-overdue", who=who)]
    if window.start == window.end:
        return [t("client-arrival-by", who=who, when=moment(window.end, now, rules.zone, t))]
    days = {at.astimezone(rules.zone).date() for at in (window.start, window.end, now)}
    today = f"{clock(window.start, rules.zone)}-{clock(window.end, rules.zone)}"
    return [t("client-arrival", who=who, when=today if len(days) == 1 else span(window, now, rules.zone, t))]


def _code(order: Order, rules: ShopRules, t: Translator) -> list[Markup]:
    """The hand-over code that the client passes on; for a surprise only at the last moment (X25)."""
    code = client_code(order, rules)
    if not code:
        return []
    words = f"{order.details.shop_note} {order.details.courier_note} {order.details.card_text}"
    surprise = "yes" if is_surprise(words) else "no"
    return [Markup(), t("client-code", code=code, surprise=surprise)]


def _courier(order: Order, t: Translator) -> Markup:
    """The first name of the shop's own courier; «Курьер» unless a word is a known first name."""
    carrier = order.progress.carrier
    if carrier is not None and carrier.kind is not CarrierKind.THIRD_PARTY:
        known = (word for word in carrier.name.split() if word.casefold() in FIRST_NAMES)
        name = next(known, None)
        if name is not None:
            return t("client-courier-named", name=clean(name, limits.PERSON))
    return t("client-courier")


def _state(order: Order, t: Translator) -> Markup:
    if order.left_with_third_party and not order.is_final:
        return t("client-state-handed-over")
    if order.status is Status.ACCEPTED and not order.details.has_photo_step:
        return t("client-state-accepted-no-photo")
    if order.status is Status.PHOTO and order.progress.rating is not None:
        return _rated(order.progress.rating, t)
    if order.status is Status.DONE and order.details.delivery is DeliveryKind.PICKUP:
        return t("client-state-picked-up")
    if order.status is Status.DECLINED and is_own(order.number):
        return t("client-state-declined-own")
    return t(f"client-state-{order.status.value}")


def _given_to(order: Order, t: Translator) -> list[Markup]:
    """Who took it instead of the recipient (R56), without phones, which the client must not read."""
    completion = order.progress.completion
    if (
        order.status is not Status.DONE
        or completion is None
        or completion.handover is not Handover.THIRD_PERSON
    ):
        return []
    whom = for_the_client(completion.comment)
    return [t("client-given-to", whom=whom)] if whom else []


def for_the_client(words: str) -> str:
    """The staff's words about a person, without phones and links, which the client must not read."""
    return clean(without_digit_runs(_PHONE.sub(HIDDEN, without_links(words))), limits.REASON)


def _rated(rating: Rating, t: Translator) -> Markup:
    if rating.liked:
        return t("client-state-liked")
    return t("client-state-disliked", complaint=clean(rating.complaint, limits.REASON))
