"""Every reminder that stands in the shop's book for an order, worked out step by step from paper."""

from __future__ import annotations

from datetime import datetime

from tests.services.order.slow_model import IN_THE_SHOP, OVER, SlowOrder, minutes

TRAVEL, ANSWER, LATE_AGAIN, OFFER, OUTSIDE, BACK, STOP, UNSEEN = 40, 15, 15, 10, 30, 30, 3, 5
ASSEMBLING = 20
"""Minutes."""


def leave_at(order: SlowOrder) -> datetime | None:
    """When somebody of the shop must go at the latest."""
    if order.pickup or order.outsider_has_it:
        return None
    return order.page.starts - minutes(TRAVEL)


def goes_at(order: SlowOrder) -> datetime:
    """When it leaves the shop; what is fetched is fetched when the window starts."""
    return leave_at(order) or order.page.starts


def photo_at(order: SlowOrder) -> datetime:
    """When the photo must be there: the client needs a quarter of an hour to answer."""
    return goes_at(order) - minutes(ANSWER)


def reminders(order: SlowOrder) -> dict[str, datetime]:
    """The next time of each kind, as nobody was reminded of anything yet."""
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
    """Who is on the way with a cancelled order and does not know it yet; with an outsider who called them."""
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
    """30 and 10 minutes before it goes; accepted in between, when the photo is due; else by the window."""
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
    """Show it to the client; then wait for the thumb. Neither once an outsider has the flowers."""
    if order.outsider_has_it:
        return {}
    seen = order.seen_at
    if seen is None:
        return {"photo_unseen": order.page.photos[-1] + minutes(UNSEEN)}
    return {} if order.page.thumb else {"rating_overdue": seen + minutes(ANSWER)}


def _late(first: datetime, after: datetime, times: int) -> dict[str, datetime]:
    """At the end of the window and every quarter of an hour, as far as it was not over before."""
    for number in range(times):
        at = first + minutes(LATE_AGAIN * number)
        if at > after:
            return {"late": at}
    return {}
