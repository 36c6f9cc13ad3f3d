"""Commands: what an actor asks for; the flow allows or refuses it. Named in the imperative.

Each command stands beside its event and its decision in the module of its subject, which lists it in
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

Command = (
    accepting.Command
    | agreements.Command
    | amending.Command
    | assigning.Command
    | disputes.Command
    | flagged.Command
    | gifts.Command
    | handover.Command
    | leaving.Command
    | marketplace.Command
    | notes.Command
    | offers.Command
    | on_the_way.Command
    | phone_steps.Command
    | photos.Command
    | proofs.Command
    | redirecting.Command
    | searches.Command
    | undo.Command
)
