"""The courier's brief: every detail needed, and nothing more (R44)."""

from __future__ import annotations

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.client.agreements import third_person_lines
from messages.delivery import crew_talk, delivery_steps
from messages.i18n.untrusted_text import clean, fit_lines
from messages.order import changes, stop_after_cancel, unclear_orders, waiting
from messages.ui import limits
from messages.ui.available_actions import offered
from messages.ui.buttons import Row, keyboard, map_button, next_first, step_button, tap
from messages.ui.heading import opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.client.agreements import on_record
from orders.model.numbers import is_own
from orders.model.order import Topic
from orders.model.status import Status
from orders.parsing.side_channels import without_digit_runs, without_links

_STEPS = (
    Do.STOPPED,
    Do.TAKE,
    Do.LEFT,
    Do.DONE,
    Do.THIRD_PERSON,
    Do.ARRIVED,
    Do.LATE,
    Do.NOBODY,
    Do.BACK,
    Do.REFUSED,
    Do.IN_SHOP,
    Do.PROOF,
    Do.SAY,
    Do.CANNOT,
    Do.UNDO,
)


def courier_card(look: Look) -> Screen:
    """Address, window, who, what to say; once the order is over only its state."""
    lines = [*opening(look.order, look.rules, look.now, look.t), *waiting.card_lines(look)]
    for block in filter(None, (unclear_orders.card_lines(look), changes.card_lines(look), _way(look))):
        lines += [Markup(), *block]
    lines += stop_after_cancel.card_lines(look)
    lines += crew_talk.card_lines(look)
    if look.may(Secret.ADDRESS):
        lines += [Markup(), *_brief(look)]
    return Screen(str(fit_lines(lines)), keyboard(_rows(look)))


def _way(look: Look) -> list[Markup]:
    """What was said of the way. An order that all are offered speaks for itself."""
    return [look.t("courier-offer")] if look.order.is_offered else delivery_steps.way_lines(look)


def delivery_phrases(look: Look) -> list[Markup]:
    """What to say at the door, and what not: the recipient usually knows nothing (R68)."""
    t, name = look.t, clean(look.order.details.recipient.name, limits.PERSON)
    say = t("courier-say", text=name) if name else t("courier-say-nameless")
    questions = "courier-questions-own" if is_own(look.order.number) else "courier-questions"
    return [say, t("courier-do-not-say"), t(questions)]


def _brief(look: Look) -> list[Markup]:
    if look.order.status is Status.RETURNING:
        in_shop = look.order.progress.back_in_shop is not None
        return [look.t("courier-in-shop" if in_shop else "courier-return")]
    if look.order.is_offered:
        return look.filled([("card-address", look.order.details.address, limits.ADDRESS)])
    hint = [look.t("courier-write-hint")] if look.order.status is Status.COURIER_LEFT else []
    return [
        *_agreed(look),
        *_where_and_who(look),
        *third_person_lines(look),
        *([] if look.order.progress.nobody_there else delivery_steps.surcharge_lines(look)),
        Markup(),
        *delivery_phrases(look),
        *hint,
    ]


def _where_and_who(look: Look) -> list[Markup]:
    details = look.order.details
    lines = look.filled(
        [
            ("card-address", details.address, limits.ADDRESS),
            ("card-courier-note", details.courier_note, limits.NOTE),
            ("card-recipient", details.recipient.name, limits.PERSON),
            ("card-client-note", _wish(look), limits.NOTE),
        ]
    )
    phone = clean(details.recipient.phone, limits.PHONE)
    if phone and look.may(Secret.RECIPIENT_PHONE):
        lines.append(look.t("courier-phone", text=phone))
    elif phone:
        lines.append(look.t("courier-phone-hidden"))
    return lines


def _wish(look: Look) -> str:
    """What the client asks of the delivery, without a number or a link that is not the courier's to have."""
    note = look.order.details.client_note if look.may(Secret.WISH) else ""
    return without_digit_runs(without_links(note))


def _agreed(look: Look) -> list[Markup]:
    """To another recipient: all that was agreed, above what was read in it (R91)."""
    return look.filled([("card-agreed-change", look.order.progress.agreed_change, limits.REASON)])


def _left_out(look: Look) -> set[Do]:
    """Eight buttons are the most. On the way the manager is written to under the card, without a button."""
    if look.order.progress.nobody_there:
        agreed = on_record(look.order, Topic.THIRD_PERSON)
        return {Do.NOBODY, Do.ARRIVED, Do.LATE, Do.SAY} if agreed else {Do.NOBODY, Do.ARRIVED}
    return {Do.BACK, Do.SAY} if look.order.status is Status.COURIER_LEFT else {Do.BACK}


def _rows(look: Look) -> list[Row]:
    can = offered(look.order, look.viewer, look.rules, look.now)
    left_out = _left_out(look)
    buttons = [step_button(look, do) for do in _STEPS if do in can - left_out]
    take_back = [[tap(look.order, Do.TAKE_BACK, look.t)]] if Do.TAKE_BACK in can else []
    if look.address_to_find and look.order.status is not Status.RETURNING:
        has_step = Do.LEFT in can or look.order.status is Status.COURIER_LEFT or look.order.is_offered
        buttons.insert(1 if has_step else 0, map_button(look.address_to_find, look.t))
    if Do.GUIDE in can:
        buttons.append(tap(look.order, Do.GUIDE, look.t))
    return [*take_back, *next_first(buttons)]
