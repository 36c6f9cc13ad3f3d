"""The slow model of deadlines: all reminders of an order, computed step by step."""

from __future__ import annotations

from datetime import datetime

from tests.services.order.slow_model import IN_THE_SHOP, OVER, SlowOrder, minutes

TRAVEL, ANSWER, LATE_AGAIN, OFFER, OUTSIDE, BACK, STOP, UNSEEN = 40, 15, 15, 10, 30, 30, 3, 5
ASSEMBLING = 20
"""Minutes, like those above."""


def leave_at(order: SlowOrder) -> datetime | None:
    """The latest time for the shop's own carrier to leave; None if nobody of the shop delivers."""
    if order.pickup or order.outsider_has_it:
        return None
    return order.page.starts - minutes(TRAVEL)


def goes_at(order: SlowOrder) -> datetime:
    """When the order leaves the shop; without a carrier of the shop, when the window starts."""
    return leave_at(order) or order.page.starts


def photo_at(order: SlowOrder) -> datetime:
    """When the photo is due: 15 minutes before leaving, for the client's answer."""
    return goes_at(order) - minutes(ANSWER)


def reminders(order: SlowOrder) -> dict[str, datetime]:
    """The next time of each kind, if no deadline has fired yet."""
    found: dict[str, datetime] = {}
    if order.status == "new":
        found["accept_soon"] = order.placed + minutes(5)
        found["accept_overdue"] = order.placed + minutes(15)
    if order.status in IN_THE_SHOP:
        found |= _in_the_shop(order)
    if order.status == "courier_left" and order.page.left is not None:
        first = max(order.page.ends, order.page.late_until or order.page.ends)
        found |= _late(first, order.page.left, times=8)
    if order.status == "returning" and order.page.back is not None:
        found["return_open"] = order.page.back + minutes(BACK)
    asked = [one.asked for one in order.extras if one.waits]
    if asked and order.status not in OVER:
        found["answer_overdue"] = min(asked) + minutes(ANSWER)
    if must_stop(order) and order.page.ended is not None:
        found["stop"] = order.page.ended + minutes(STOP)
    return found


def must_stop(order: SlowOrder) -> str:
    """Who must stop a cancelled order and has not confirmed; for a third party, the person who named it."""
    if order.status != "cancelled" or order.stopped:
        return ""
    holder = ""
    if order.is_with_outsider:
        holder = order.page.named_by
    elif order.page.left is not None:
        holder = order.page.carrier
    return "" if holder == order.page.ended_by else holder


def _in_the_shop(order: SlowOrder) -> dict[str, datetime]:
    accepted = order.page.accepted
    assert accepted is not None
    found: dict[str, datetime] = {}
    going = leave_at(order)
    if going is not None and going > accepted:
        found["leave_now"] = going
    if order.lacks_photo and not order.outsider_has_it:
        found |= _photo_due(order, accepted)
    if order.status == "photo" and not order.is_photo_of_other_goods:
        found |= _after_the_photo(order)
    if order.is_with_outsider and order.page.named is not None:
        found["third_party_check"] = max(order.page.named + minutes(OUTSIDE), order.page.starts)
    if order.is_offered and order.page.offered is not None:
        found["offer_open"] = order.page.offered + minutes(OFFER)
    return found | _late(order.page.ends, accepted, times=1 if order.pickup else 8)


def _photo_due(order: SlowOrder, accepted: datetime) -> dict[str, datetime]:
    """30 minutes before leaving, `photo_at` if accepted later; then 10 minutes before; else by the window."""
    going, starts = goes_at(order), order.page.starts
    first = going - minutes(30)
    if first <= accepted:
        first = photo_at(order)
    for at in (first, going - minutes(10)):
        if at > accepted:
            return {"photo_due": at}
    for at in (starts - minutes(30), starts - minutes(10)):
        if at > accepted:
            return {"photo_due": at}
    return {}


def _after_the_photo(order: SlowOrder) -> dict[str, datetime]:
    """Reminders to show the photo, then to get the rating; none once a third party has the order."""
    if order.outsider_has_it:
        return {}
    seen = order.seen_at
    if seen is None:
        return {"photo_unseen": order.page.photos[-1] + minutes(UNSEEN)}
    return {} if order.page.thumb else {"rating_overdue": seen + minutes(ANSWER)}


def _late(first: datetime, after: datetime, times: int) -> dict[str, datetime]:
    """The first time after `after` of those at `first` and every 15 minutes later."""
    for number in range(times):
        at = first + minutes(LATE_AGAIN * number)
        if at > after:
            return {"late": at}
    return {}
