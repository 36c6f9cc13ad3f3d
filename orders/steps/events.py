"""Events: what happened to an order, and how each changes it. Named in the past tense.

Each event stands beside its command and its decision in the module of its subject, which lists it in
`__all__`; this module gathers them all.
"""

from __future__ import annotations

from orders.steps import accepting, agreements, assigning, marketplace, phone_steps, photos, undo
from orders.steps.accepting import *
from orders.steps.agreements import *
from orders.steps.assigning import *
from orders.steps.delivery import handover, leaving, notes, offers, on_the_way, redirecting, searches
from orders.steps.delivery.handover import *
from orders.steps.delivery.leaving import *
from orders.steps.delivery.notes import *
from orders.steps.delivery.offers import *
from orders.steps.delivery.on_the_way import *
from orders.steps.delivery.redirecting import *
from orders.steps.delivery.searches import *
from orders.steps.marketplace import *
from orders.steps.mishaps import disputes, gifts, proofs
from orders.steps.mishaps.disputes import *
from orders.steps.mishaps.gifts import *
from orders.steps.mishaps.proofs import *
from orders.steps.phone_steps import *
from orders.steps.photos import *
from orders.steps.undo import *
from orders.steps.wishes import amending, flagged
from orders.steps.wishes.amending import *
from orders.steps.wishes.flagged import *

Change = (
    accepting.Event
    | agreements.Event
    | amending.Event
    | assigning.Event
    | disputes.Event
    | flagged.Event
    | gifts.Event
    | handover.Event
    | leaving.Event
    | marketplace.Event
    | notes.Event
    | offers.Event
    | on_the_way.Event
    | phone_steps.Event
    | photos.Event
    | proofs.Event
    | redirecting.Event
    | searches.Event
    | undo.Event
)

Event = accepting.Received | Change
