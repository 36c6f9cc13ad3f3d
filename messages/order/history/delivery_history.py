"""The lines of the history about what happened between the shop and the door (X5)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.order.history.tellers import told_by
from messages.order.progress import carrier_text, noted
from messages.ui.names import person_name
from orders.steps import delivery_events as happened


def _offered(_event: happened.OfferedToCouriers, t: Translator) -> Markup:
    return t("event-offered")


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


def _call(event: happened.CallNoted, t: Translator) -> Markup:
    name = person_name(event.call.name, t)
    said = t(f"event-call-{event.call.answer.value.replace('_', '-')}", name=name)
    return noted(said, event.call.phone, t)


def _remark(event: happened.Remarked, t: Translator) -> Markup:
    return noted(
        t("event-courier-says" if event.remark.by_carrier else "event-shop-says"), event.remark.words, t
    )


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
    told_by(happened.CallNoted, _call),
    told_by(happened.Remarked, _remark),
)
