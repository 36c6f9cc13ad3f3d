"""Who has the next step, in one line on the cards of everybody else (R2).

The person with the next step has its button instead. Nothing is repeated that the card says elsewhere, such
as who decides or what the client was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markupsafe import Markup

from messages.ui.names import person_name
from messages.ui.order_view import Look
from orders.access.privacy import Secret
from orders.client.agreements import open_one, unpaid
from orders.model.details import DeliveryKind
from orders.model.order import CarrierKind, Topic
from orders.model.people import Party, Role
from orders.model.status import IN_THE_SHOP, Status
from orders.schedule.deadlines import Task, next_due


def card_lines(look: Look) -> list[Markup]:
    """«Ждём, пока Оля соберёт и сфотографирует»; none on Оля's own card, or after the order's end."""
    find = _BY_STATUS.get(look.order.status)
    line = find(look) if find is not None and not look.order.is_in_doubt else None
    return [line] if line else []


def _in_the_shop(look: Look) -> Markup | None:
    order = look.order
    if order.left_with_third_party:
        return look.t("waits-third-party-delivers")
    if unpaid(order) is not None:
        return look.t("waits-release") if look.only_carries else None
    if _is_being_made(look):
        return _seller(look)
    if order.details.delivery is DeliveryKind.PICKUP:
        return look.t("waits-collected")
    return _carrier_comes(look)


def _is_being_made(look: Look) -> bool:
    """Whether the photo is due, or an order without a photo is still within its time to assemble."""
    order, due = look.order, next_due(look.order, look.rules, look.now)
    is_due = due is not None and due.task is Task.ASSEMBLE
    return order.lacks_photo or order.lacks_new_photo or is_due


def _seller(look: Look) -> Markup | None:
    order, seller = look.order, look.order.progress.seller
    if seller is None:
        return look.t("waits-assigned") if look.only_carries else None
    is_asked = open_one(order, Topic.SUBSTITUTION) is not None and look.may(Secret.CARD_TEXT)
    if seller.staff_id == look.viewer.staff_id or look.standing == {Party.INVITED} or is_asked:
        return None
    if order.lacks_new_photo and look.may(Secret.CARD_TEXT):
        return look.t("waits-new-photo", name=person_name(seller.name, look.t))
    return look.t("waits-photo" if order.lacks_photo else "waits-made", name=person_name(seller.name, look.t))


def _carrier_comes(look: Look) -> Markup | None:
    carrier = look.order.progress.carrier
    if carrier is None or Party.CARRIER in look.standing:
        return None
    if carrier.kind is CarrierKind.THIRD_PARTY:
        return look.t("waits-third-party-comes")
    return look.t("waits-carrier-comes", name=person_name(carrier.name, look.t))


def _on_the_way(look: Look) -> Markup | None:
    """For a delay or a door that nobody opens, the card has its own lines."""
    progress = look.order.progress
    carrier = progress.carrier
    if Party.CARRIER in look.standing or progress.nobody_there or progress.lateness:
        return None
    if carrier is None:
        return look.t("waits-courier-delivers")
    if carrier.kind is CarrierKind.THIRD_PARTY:
        return look.t("waits-third-party-delivers")
    return look.t("waits-carrier-delivers", name=person_name(carrier.name, look.t))


def _coming_back(look: Look) -> Markup | None:
    """Whether to bring the flowers back is asked first; a courier's card says what follows."""
    is_back = look.order.progress.back_in_shop is not None
    decides_not = not look.is_chief and look.viewer.role is not Role.COURIER
    return look.t("waits-decision") if is_back and decides_not and unpaid(look.order) is None else None


_BY_STATUS: Mapping[Status, Callable[[Look], Markup | None]] = {
    **dict.fromkeys(IN_THE_SHOP, _in_the_shop),
    Status.COURIER_LEFT: _on_the_way,
    Status.RETURNING: _coming_back,
}
