"""The history of an order: who did what, and when (X5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.client.agreements import what
from messages.client.conversation import said_line
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TEXT_LIMIT, clean, fit_lines, visible_units
from messages.money.payouts import real_sums
from messages.order.changes import differences
from messages.order.history.after_delivery import TELLERS as DISPUTE_TELLERS
from messages.order.history.delivery_history import TELLERS as DELIVERY_TELLERS
from messages.order.history.delivery_history import with_second
from messages.order.history.tellers import told_by
from messages.order.phone_access import TELLERS as PHONE_TELLERS
from messages.order.progress import carrier_text, contact_of, noted, settlement_line
from messages.order.unclear_orders import doubt_line
from messages.photo.checklist import named
from messages.ui import limits
from messages.ui.buttons import keyboard, tap
from messages.ui.formatting import moment
from messages.ui.heading import opening
from messages.ui.names import person_name
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.client.links import Said
from orders.model.details import Details
from orders.model.order import Closing, Mark, Order, Proposal
from orders.model.rules import ShopRules
from orders.model.tables import whole_table
from orders.money.reconciliation import RealPayout
from orders.steps import events as happened
from orders.steps.delivery.redirecting import directed
from orders.steps.events import PhoneAllowed

_ROOM_FOR_REST = 60
_LIST = 300


def history(
    order: Order,
    events: Sequence[tuple[int, happened.Event]],
    rules: ShopRules,
    now: datetime,
    t: Translator,
    real: RealPayout | None = None,
    talk: Sequence[Said] = (),
) -> Screen:
    """The newest events that fit, in chronological order; for chiefs, with every reason.

    `talk`: messages between client and shop, inserted by time.
    """
    head = [*opening(order, rules, now, t), Markup()]
    if real is not None:
        head[-1:] = [real_sums(order, real, t), Markup()]
    room = TEXT_LIMIT - _ROOM_FOR_REST - sum(visible_units(line) + 1 for line in head)
    shown: list[Markup] = []
    entries = all_told([event for _version, event in events], talk, rules, now, t)
    for mark, text in reversed(entries):
        line = t("history-line", signed=signed(mark, rules, now, t), text=text)
        room -= visible_units(line) + 1
        if room < 0:
            break
        shown.insert(0, line)
    if len(shown) < len(entries):
        shown.insert(0, t("history-earlier", count=len(entries) - len(shown)))
    buttons = [[tap(order, do, t)] for do in (Do.HISTORY_FILE, Do.WHOLE, Do.CARD)]
    return Screen(str(fit_lines([*head, *shown])), keyboard(buttons))


def all_told(
    events: Sequence[happened.Event], talk: Sequence[Said], rules: ShopRules, now: datetime, t: Translator
) -> list[tuple[Mark, Markup]]:
    """Events and conversation in words, each with author and time, oldest first."""
    words = zip(events, story(events, rules, now, t), strict=True)
    found = [(event.mark, text) for event, text in words]
    found += [(said.mark, said_line(said, t)) for said in talk]
    return sorted(found, key=lambda entry: entry[0].at)


def story(events: Sequence[happened.Event], rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """Every event in words, oldest first: changes with old and new value, answers with their question."""
    found, details, asked = [], Details(), dict[int, Proposal]()
    for event in events:
        text = told(event, t)
        if isinstance(event, happened.Proposed):
            asked[event.number] = event.proposal
            text = t("event-proposed", what=what(event.proposal, rules, now, t))
        elif isinstance(event, PhoneAllowed):
            text = t("event-phone-until", text=text, until=moment(event.until, now, rules.zone, t))
        elif isinstance(event, _ABOUT_ONE) and event.number in asked:
            text = t("event-about", text=text, what=what(asked[event.number], rules, now, t))
        elif isinstance(event, happened.Redispatched) and event.to and event.instead_of:
            old, new = (directed(details, one) for one in (event.instead_of, event.to))
            text, details = Markup("; ").join([text, *differences(old, new, rules, now, t)]), new
        after = event.details if isinstance(event, _WITH_DETAILS) else None
        if after is not None:
            is_first = isinstance(event, happened.Received)
            if details.unread and not after.unread:
                is_first, text = True, t("event-filled-in")
            parts = [] if is_first else differences(details, after, rules, now, t)
            text, details = Markup("; ").join([text, *parts]), after
        found.append(text)
    return found


_ABOUT_ONE = (
    happened.ProposalAnswered | happened.AgreementInApp | happened.SurchargePaid | happened.ProposalWithdrawn
)
_WITH_DETAILS = happened.Received | happened.Amended | happened.ProposalAnswered | happened.ProposalWithdrawn


def told(event: happened.Event, t: Translator) -> Markup:
    """The event in a few words, with the reason that was given."""
    return _TELLERS[type(event)](event, t)


def _received(event: happened.Received, t: Translator) -> Markup:
    return t("event-named" if event.details.unread else "event-received")


def _accepted(_event: happened.Accepted, t: Translator) -> Markup:
    return t("event-accepted")


def _declined(event: happened.Declined, t: Translator) -> Markup:
    return noted(t("event-declined"), event.reason, t)


def _cancelled(event: happened.Cancelled, t: Translator) -> Markup:
    closing = Closing(event.reason, event.mark, event.refund, event.kept)
    said = noted(t("event-cancelled"), event.reason, t)
    return t("joined", first=said, second=settlement_line(closing, t))


def _seller(event: happened.SellerAssigned, t: Translator) -> Markup:
    return t("event-seller", name=person_name(event.seller.name, t))


def _carrier(event: happened.CourierAssigned, t: Translator) -> Markup:
    return with_second(carrier_text(event.carrier, t), event.two_couriers, t)


def _third_party(event: happened.HandedToThirdParty, t: Translator) -> Markup:
    """Whom to call, and that the shop answers for this courier (R45)."""
    whom = noted(carrier_text(event.carrier, t), contact_of(event.carrier), t)
    if not contact_of(event.carrier):
        whom = t("joined", first=whom, second=t("event-no-contact"))
    said = t("joined", first=whom, second=t("event-shop-answers"))
    return with_second(said, event.two_couriers, t)


def _picked_up(event: happened.PickedUp, t: Translator) -> Markup:
    return _without_address(_without_photo(t("event-picked-up"), event.reason, t), event.without_address, t)


def _released(event: happened.Released, t: Translator) -> Markup:
    return t("event-released", name=person_name(event.name, t))


def _photo(event: happened.PhotoAttached, t: Translator) -> Markup:
    answers = event.photo.answers
    if answers is None:
        return t("event-photo", version=event.photo.version)
    return noted(t("event-photo-answers", version=event.photo.version), answers.complaint, t)


def _moved(event: happened.PhotosTakenAway, t: Translator) -> Markup:
    return t("event-photo-moved", number=clean(event.to_number, limits.NUMBER))


def _checked(event: happened.CheckedOff, t: Translator) -> Markup:
    """All ticked items, as far as they fit."""
    return t("event-checked", items=clean(", ".join(named(item, t) for item in event.check.items), _LIST))


def _rated(event: happened.Rated, t: Translator) -> Markup:
    if event.rating.liked:
        return t("card-rating-liked")
    return noted(t("card-rating-disliked"), event.rating.complaint, t)


def _dispatched(event: happened.Dispatched, t: Translator) -> Markup:
    if event.carrier is None:
        return t("event-dispatched-in-app")
    left = t("event-dispatched", carrier=carrier_text(event.carrier, t))
    left = _without_address(_without_photo(left, event.reason, t), event.without_address, t)
    return with_second(left, event.two_couriers, t)


def _without_photo(text: Markup, reason: str, t: Translator) -> Markup:
    """The step, and the reason why it was done without the required photo (R38)."""
    return t("joined", first=text, second=noted(t("card-without-photo"), reason, t)) if reason else text


def _without_address(text: Markup, reason: str, t: Translator) -> Markup:
    """The step, and the reason why it was done without an address (X24)."""
    return t("joined", first=text, second=noted(t("event-no-address"), reason, t)) if reason else text


def _completed(event: happened.Completed, t: Translator) -> Markup:
    how = noted(t(f"handover-{event.handover.value}"), event.comment, t)
    said = _without_photo(t("event-completed", how=how), event.without_photo, t)
    if event.agreed_words:
        said = t("joined", first=said, second=noted(t("event-client-agreed"), event.agreed_words, t))
    if event.early:
        said = t("joined", first=said, second=noted(t("card-completed-early"), event.early, t))
    if event.without_proof:
        said = t("joined", first=said, second=noted(t("event-without-proof"), event.without_proof, t))
    if not event.reason:
        return said
    return t("joined", first=said, second=noted(t("card-completed-by-other"), event.reason, t))


def _refused(event: happened.RecipientRefusedOrder, t: Translator) -> Markup:
    return noted(t("event-refused"), event.note, t)


def _redispatched(event: happened.Redispatched, t: Translator) -> Markup:
    return noted(t("event-redispatched"), event.agreed_change, t)


def _hidden(_event: happened.HiddenFromList, t: Translator) -> Markup:
    return t("event-hidden")


def _amended(_event: happened.Amended, t: Translator) -> Markup:
    return t("event-amended")


def _marketplace_told(event: happened.MarketplaceTold, t: Translator) -> Markup:
    return t("event-marketplace", status=t(f"state-{event.status.value}"))


def _seen(_event: happened.PhotoSeen, t: Translator) -> Markup:
    return t("event-photo-seen")


def _doubt(event: happened.DoubtRaised, t: Translator) -> Markup:
    return doubt_line(event.doubt, event.code, t)


def _carried_on(_event: happened.CarriedOn, t: Translator) -> Markup:
    return t("event-carried-on")


def _proposed(event: happened.Proposed, t: Translator) -> Markup:
    return t("event-proposed", what=clean(event.proposal.words, limits.REASON))


def _answered(event: happened.ProposalAnswered, t: Translator) -> Markup:
    return noted(t("event-answer-yes" if event.agreed else "event-answer-no"), event.words, t)


def _in_app(_event: happened.AgreementInApp, t: Translator) -> Markup:
    return t("event-agreement-in-app")


def _paid(_event: happened.SurchargePaid, t: Translator) -> Markup:
    return t("event-surcharge-paid")


def _withdrawn(event: happened.ProposalWithdrawn, t: Translator) -> Markup:
    return noted(t("event-withdrawn"), event.reason, t)


def _stop_seen(_event: happened.StopSeen, t: Translator) -> Markup:
    return t("event-stop-seen")


def _undone(event: happened.Undone, t: Translator) -> Markup:
    return noted(t("event-undone", step=t(f"step-{event.undone.value}")), event.reason, t)


_TELLERS = whole_table(
    get_args(happened.Event),
    (
        told_by(happened.Received, _received),
        told_by(happened.Accepted, _accepted),
        told_by(happened.Declined, _declined),
        told_by(happened.Cancelled, _cancelled),
        told_by(happened.SellerAssigned, _seller),
        told_by(happened.CourierAssigned, _carrier),
        told_by(happened.Released, _released),
        told_by(happened.PhotoAttached, _photo),
        told_by(happened.PhotosTakenAway, _moved),
        told_by(happened.CheckedOff, _checked),
        told_by(happened.Rated, _rated),
        told_by(happened.Dispatched, _dispatched),
        told_by(happened.HandedToThirdParty, _third_party),
        told_by(happened.PickedUp, _picked_up),
        told_by(happened.Completed, _completed),
        told_by(happened.RecipientRefusedOrder, _refused),
        told_by(happened.Redispatched, _redispatched),
        told_by(happened.HiddenFromList, _hidden),
        told_by(happened.Amended, _amended),
        told_by(happened.MarketplaceTold, _marketplace_told),
        told_by(happened.PhotoSeen, _seen),
        told_by(happened.DoubtRaised, _doubt),
        told_by(happened.CarriedOn, _carried_on),
        told_by(happened.Proposed, _proposed),
        told_by(happened.ProposalAnswered, _answered),
        told_by(happened.AgreementInApp, _in_app),
        told_by(happened.SurchargePaid, _paid),
        told_by(happened.ProposalWithdrawn, _withdrawn),
        told_by(happened.StopSeen, _stop_seen),
        told_by(happened.Undone, _undone),
        *DELIVERY_TELLERS,
        *PHONE_TELLERS,
        *DISPUTE_TELLERS,
    ),
)
