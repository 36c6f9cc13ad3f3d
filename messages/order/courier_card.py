"""The courier's card: what the delivery needs, and nothing more (R44)."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from messages.client.agreements import third_person_lines
from messages.delivery import crew_talk, delivery_steps
from messages.delivery.insisted import flagged_lines, insisted
from messages.i18n.phone_screen import Rank, Ranked, fitted
from messages.i18n.untrusted_text import clean
from messages.order import changes, stop_after_cancel, unclear_orders, waiting
from messages.order.layout import card_rows
from messages.ui import limits
from messages.ui.buttons import keyboard
from messages.ui.heading import heading, opening, trial_lines, when
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.delivery.address import lacks_address
from orders.model.numbers import is_own
from orders.model.status import Status
from orders.parsing.side_channels import without_digit_runs, without_links
from orders.parsing.urgent_words import without_urgent


def courier_card(look: Look) -> Screen:
    """Where, when, to whom, what to say; after the order's end only its status."""
    rows = card_rows(look)
    lines = [Ranked(line, rank) for rank, make in _BLOCKS for line in make(look)]
    return Screen(str(fitted(lines, len(rows))), keyboard(rows))


def courier_details(look: Look) -> list[Markup]:
    """All details for the courier, in lines."""
    lines = [*opening(look.order, look.rules, look.now, look.t), *waiting.card_lines(look)]
    for block in filter(None, (unclear_orders.card_lines(look), changes.card_lines(look), _way(look))):
        lines += [Markup(), *block]
    lines += stop_after_cancel.card_lines(look)
    if look.may(Secret.ADDRESS):
        lines += [Markup(), *_brief(look)]
    notes = crew_talk.detail_lines(look)
    return [*lines, Markup(), *notes] if notes else lines


def _way(look: Look) -> list[Markup]:
    """The delivery state; an order offered to all couriers says that it is on offer."""
    return [look.t("courier-offer")] if look.order.is_offered else delivery_steps.way_lines(look)


def delivery_phrases(look: Look) -> list[Markup]:
    """What to say at the door and what not: the recipient usually knows nothing (R68)."""
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
    """The client's wishes for the delivery, without numbers and links."""
    note = look.order.details.client_note if look.may(Secret.WISH) else ""
    return without_digit_runs(without_links(note))


def _agreed(look: Look) -> list[Markup]:
    """All that was agreed for another recipient, above the data parsed from it (R91)."""
    return look.filled([("card-agreed-change", look.order.progress.agreed_change, limits.REASON)])


def _trial(look: Look) -> list[Markup]:
    return trial_lines(look.order, look.t)


def _heading(look: Look) -> list[Markup]:
    return [heading(look.order, look.rules, look.now, look.t)]


def _is_being_carried(look: Look) -> bool:
    """Whether this courier delivers it: neither an order coming back, nor one offered to all."""
    is_theirs = look.may(Secret.ADDRESS) and not look.order.is_offered
    return is_theirs and look.order.status is not Status.RETURNING


def _place(look: Look) -> list[Markup]:
    """«Сегодня 14:00-15:00 · Лесная 5, кв 12»."""
    time = when(look.order, look.rules, look.now, look.t, with_distance=False)
    address = clean(look.order.details.address, limits.CARD_ADDRESS)
    if not look.may(Secret.ADDRESS) or look.order.status is Status.RETURNING:
        return [time]
    return [look.t("joined", first=time, second=address or look.t("card-address-unknown"))]


def _insisted(look: Look) -> list[Markup]:
    return insisted(look, (look.order.details.courier_note, _wish(look))) if _is_being_carried(look) else []


def _notes(look: Look) -> list[Markup]:
    if not _is_being_carried(look):
        return []
    flagged = flagged_lines(look)
    return look.filled(
        [
            ("card-courier-note", without_urgent(look.order.details.courier_note, flagged), limits.CARD_WISH),
            ("card-client-note", without_urgent(_wish(look), flagged), limits.CARD_WISH),
        ]
    )


def _recipient(look: Look) -> list[Markup]:
    """«Мария · +7 916 000-00-02»; the phone once the courier may read it (R68)."""
    if not _is_being_carried(look):
        return []
    recipient = look.order.details.recipient
    name, phone = clean(recipient.name, limits.CARD_NAME), clean(recipient.phone, limits.CARD_NAME)
    if phone and not look.may(Secret.RECIPIENT_PHONE):
        phone = look.t.plain("phone-hidden")
    return [look.t("card-recipient", text=" · ".join(filter(None, (name, phone))))] if name or phone else []


def _to_say(look: Look) -> list[Markup]:
    if look.order.status is Status.RETURNING and look.may(Secret.ADDRESS):
        return _brief(look)
    return delivery_phrases(look)[:2] if _is_being_carried(look) else []


def _good_to_know(look: Look) -> list[Markup]:
    if not _is_being_carried(look):
        return []
    hint = [look.t("courier-write-hint")] if look.order.status is Status.COURIER_LEFT else []
    return [*delivery_phrases(look)[2:], *hint]


def _unknown_address(look: Look) -> list[Markup]:
    return [look.t("courier-address-unknown")] if lacks_address(look.order) else []


def _of_the_way(look: Look) -> list[Markup]:
    return [*_agreed(look), *_way(look), *third_person_lines(look)]


_BLOCKS: tuple[tuple[Rank, Callable[[Look], list[Markup]]], ...] = (
    (Rank.FIRST, _heading),
    (Rank.FIRST, _trial),
    (Rank.NOW, crew_talk.card_lines),
    (Rank.NOW, stop_after_cancel.card_lines),
    (Rank.NOW, unclear_orders.card_lines),
    (Rank.FIRST, _place),
    (Rank.NOW, changes.first_card_lines),
    (Rank.FIRST, _insisted),
    (Rank.NOW, _unknown_address),
    (Rank.NOW, _of_the_way),
    (Rank.NOW, waiting.card_lines),
    (Rank.NOW, _recipient),
    (Rank.WORK, _notes),
    (Rank.NOW, _to_say),
    (Rank.GOOD_TO_KNOW, _good_to_know),
)
