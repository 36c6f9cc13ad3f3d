"""The events of the delivery, from leaving the shop to the hand-over."""

from __future__ import annotations

from orders.steps.delivery.handover import *
from orders.steps.delivery.leaving import *
from orders.steps.delivery.notes import *
from orders.steps.delivery.offers import *
from orders.steps.delivery.on_the_way import *
from orders.steps.delivery.redirecting import *
from orders.steps.delivery.searches import *
from orders.steps.mishaps.proofs import *
