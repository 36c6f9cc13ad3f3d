"""The courier's brief: every detail needed, and nothing more (R44)."""

from __future__ import annotations

from markupsafe import Markup

from messages import changes, doubts, limits, on_the_way, stops
from messages.agreements import third_person_lines
from messages.buttons import Row, keyboard, map_button, next_first, tap
from messages.callbacks import Do
from messages.heading import opening
from messages.look import Look
from messages.offers import offered
from messages.outside import clean, fit_lines
from messages.screen import Screen
from orders.numbers import is_own
from orders.privacy import Secret
from orders.status import Status

_STEPS = (
    Do.STOPPED,
    Do.TAKE,
    Do.DONE,
    Do.ARRIVED,
    Do.LATE,
    Do.NOBODY,
    Do.BACK,
    Do.REFUSED,
    Do.IN_SHOP,
    Do.PROOF,
    Do.CANNOT,
    Do.UNDO,
)


def courier_card(look: Look) -> Screen:
    """Address, window, who, what to say; once the order is over only its state."""
    lines = opening(look.order, look.rules, look.now, look.t)
    for block in filter(None, (doubts.card_lines(look), changes.card_lines(look), _way(look))):
        lines += [Markup(), *block]
    lines += stops.card_lines(look)
    if look.may(Secret.ADDRESS):
        lines += [Markup(), *_brief(look)]
    return Screen(str(fit_lines(lines)), keyboard(_rows(look)))


def _way(look: Look) -> list[Markup]:
    """What was said of the way. An order that all are offered speaks for itself."""
    return [look.t("courier-offer")] if look.order.is_offered else on_the_way.way_lines(look)


def delivery_phrases(look: Look) -> list[Markup]:
    """What to say at the door, and what not: the recipient usually knows nothing (R68)."""
    t, name = look.t, clean(look.order.details.recipient.name, limits.PERSON)
    if look.goes_elsewhere:
        name = ""
    say = t("courier-say", text=name) if name else t("courier-say-nameless")
    questions = "courier-questions-own" if is_own(look.order.number) else "courier-questions"
    return [say, t("courier-do-not-say"), t(questions)]


def _brief(look: Look) -> list[Markup]:
    if look.order.status is Status.RETURNING:
        in_shop = look.order.progress.back_in_shop is not None
        return [look.t("courier-in-shop" if in_shop else "courier-return")]
    if look.order.is_offered:
        return look.filled([("card-address", look.order.details.address, limits.ADDRESS)])
    where_and_who = _changed(look) if look.goes_elsewhere else _where_and_who(look)
    return [*where_and_who, *third_person_lines(look), Markup(), *delivery_phrases(look)]


def _where_and_who(look: Look) -> list[Markup]:
    details = look.order.details
    lines = look.filled(
        [
            ("card-address", details.address, limits.ADDRESS),
            ("card-courier-note", details.courier_note, limits.NOTE),
            ("card-recipient", details.recipient.name, limits.PERSON),
        ]
    )
    phone = clean(details.recipient.phone, limits.PHONE)
    if phone and look.may(Secret.RECIPIENT_PHONE):
        lines.append(look.t("courier-phone", text=phone))
    elif phone:
        lines.append(look.t("courier-phone-hidden"))
    return lines


def _changed(look: Look) -> list[Markup]:
    """To another recipient: what was agreed; the first one is not to be troubled again."""
    details = look.order.details
    return look.filled(
        [
            ("card-agreed-change", look.order.progress.agreed_change, limits.REASON),
            ("card-address-before", details.address, limits.ADDRESS),
            ("card-courier-note", details.courier_note, limits.NOTE),
        ]
    )


def _rows(look: Look) -> list[Row]:
    can = offered(look.order, look.viewer, look.rules, look.now)
    left_out = {Do.NOBODY if look.order.progress.nobody_there else Do.BACK}
    buttons = [tap(look.order, do, look.t) for do in _STEPS if do in can - left_out]
    take_back = [[tap(look.order, Do.TAKE_BACK, look.t)]] if Do.TAKE_BACK in can else []
    if look.address_to_find and look.order.status is not Status.RETURNING:
        has_step = look.order.status is Status.COURIER_LEFT or look.order.is_offered
        buttons.insert(1 if has_step else 0, map_button(look.address_to_find, look.t))
    if Do.GUIDE in can:
        buttons.append(tap(look.order, Do.GUIDE, look.t))
    return [*take_back, *next_first(buttons)]
