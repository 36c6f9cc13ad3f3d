"""Lines of the history about the delivery (X5)."""

from __future__ import annotations

from markupsafe import Markup

from messages.delivery.crew_talk import note_text
from messages.i18n.texts import Translator
from messages.order.history.tellers import told_by
from messages.order.progress import carrier_text, noted
from messages.ui.names import person_name
from orders.steps import delivery_events as happened


def _taken(event: happened.OfferTaken, t: Translator) -> Markup:
    return t("event-taken", carrier=carrier_text(event.carrier, t))


def _gave_back(event: happened.GaveBack, t: Translator) -> Markup:
    return noted(t("event-gave-back"), event.reason, t)


def _arrived(_event: happened.Arrived, t: Translator) -> Markup:
    return t("event-arrived")


def _late(event: happened.SaidLate, t: Translator) -> Markup:
    return t("event-late", minutes=event.lateness.minutes)


def _nobody(_event: happened.NobodyFound, t: Translator) -> Markup:
    return t("event-nobody")


def _brought_back(event: happened.BroughtBack, t: Translator) -> Markup:
    return noted(t("event-brought-back"), event.reason, t)


def _came_back(_event: happened.CameBack, t: Translator) -> Markup:
    return t("event-came-back")


def _proof(event: happened.ProofAttached, t: Translator) -> Markup:
    return t("event-proof", version=event.proof.version)


def _code(event: happened.CodeSaid, t: Translator) -> Markup:
    if event.kept:
        return noted(t("event-code-kept"), event.kept, t)
    return t("event-code-right" if event.is_right else "event-code-wrong")


def _call(event: happened.CallNoted, t: Translator) -> Markup:
    name = person_name(event.call.name, t)
    said = t(f"event-call-{event.call.answer.value.replace('_', '-')}", name=name)
    return noted(said, event.call.phone, t)


def _remark(event: happened.Remarked, t: Translator) -> Markup:
    remark = event.remark
    to_courier = "event-shop-says" if remark.to_carrier else "event-note"
    said = t("event-courier-says" if remark.by_carrier else to_courier)
    return noted(said, note_text(remark, remark.words, t), t)


def _offered(event: happened.OfferedToCouriers, t: Translator) -> Markup:
    return with_second(t("event-offered"), event.two_couriers, t)


def with_second(text: Markup, words: str, t: Translator) -> Markup:
    """The step, and why no second courier comes (R87)."""
    return t("joined", first=text, second=noted(t("event-two-couriers"), words, t)) if words else text


def _came(event: happened.MarketplaceCourierCame, t: Translator) -> Markup:
    if event.carrier is None:
        return t("event-courier-came-late")
    if event.second is None:
        return t("event-courier-came")
    return t("event-courier-came-instead", name=person_name(event.second.name, t))


TELLERS = (
    told_by(happened.OfferedToCouriers, _offered),
    told_by(happened.OfferTaken, _taken),
    told_by(happened.GaveBack, _gave_back),
    told_by(happened.Arrived, _arrived),
    told_by(happened.SaidLate, _late),
    told_by(happened.NobodyFound, _nobody),
    told_by(happened.BroughtBack, _brought_back),
    told_by(happened.CameBack, _came_back),
    told_by(happened.ProofAttached, _proof),
    told_by(
        happened.ProofChosen,
        lambda event, t: t("event-proof-chosen", proof=t(f"rule-choice-handover-proof-{event.proof.value}")),
    ),
    told_by(happened.CodeSaid, _code),
    told_by(happened.CallNoted, _call),
    told_by(happened.Remarked, _remark),
    told_by(
        happened.AddressAsked,
        lambda event, t: t("event-address-asked", whom=t(f"address-from-{event.whom.value}")),
    ),
    told_by(happened.AddressFound, lambda event, t: noted(t("event-address-found"), event.address, t)),
    told_by(
        happened.ZoneChecked, lambda event, t: t("event-zone-other" if event.other else "event-zone-same")
    ),
    told_by(happened.SearchStarted, lambda _event, t: t("event-search")),
    told_by(happened.SearchCalledOff, lambda _event, t: t("event-called-off")),
    told_by(happened.SupportTold, lambda _event, t: t("event-support-told")),
    told_by(happened.MarketplaceCourierCame, _came),
    told_by(happened.CostNoted, lambda event, t: noted(t("event-cost"), event.cost, t)),
)
