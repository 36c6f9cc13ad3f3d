"""An order that a person is entering: which fields are known so far, and which are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from orders.model.details import DeliveryKind, Details, Window


class Field(StrEnum):
    """The fields of an order entered by hand; each is shown and can be changed."""

    WINDOW = "window"
    ADDRESS = "address"
    GOODS = "goods"
    RECIPIENT = "recipient"
    PAID = "paid"
    CLIENT = "client"
    CARD_TEXT = "card_text"
    NUMBER = "number"
    DELIVERY = "delivery"
    CLIENT_NOTE = "client_note"
    SHOP_NOTE = "shop_note"
    COURIER_NOTE = "courier_note"
    PAYMENT_NOTE = "payment_note"


STEPS = (
    Field.WINDOW,
    Field.ADDRESS,
    Field.GOODS,
    Field.RECIPIENT,
    Field.CLIENT,
    Field.PAID,
    Field.CARD_TEXT,
)
"""The fields that are asked for, in this order, when an order is entered by hand."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An order that is being entered; it belongs to the member of staff who enters it.

    `taken`: if an order with this number exists and differs, the fields to take from the draft. `windows`:
    one of these was meant, and the writer is asked which; empty if the time is clear or unknown.
    """

    id: int
    shop_id: int
    staff_id: int
    changed_at: datetime
    number: str = ""
    details: Details = field(default_factory=Details)
    taken: frozenset[Field] = frozenset()
    windows: tuple[Window, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known yet, so that this is not an order."""
        return (
            not self.number
            and not self.details.papers
            and not self.windows
            and not any(map(self.knows, Field))
        )

    def knows(self, what: Field) -> bool:
        return bool(self.number) if what is Field.NUMBER else knows(self.details, what)

    @property
    def next_step(self) -> Field | None:
        """The first of the steps without an answer."""
        return self.step_after(None)

    def step_after(self, step: Field | None) -> Field | None:
        """The next step without an answer; a pickup is not asked for address and recipient."""
        rest = STEPS[STEPS.index(step) + 1 :] if step in STEPS else STEPS
        skipped = {Field.ADDRESS, Field.RECIPIENT} if self.is_pickup else set()
        return next((one for one in rest if one not in skipped and not self.knows(one)), None)

    @property
    def is_pickup(self) -> bool:
        return self.details.delivery is DeliveryKind.PICKUP


def knows(details: Details, what: Field) -> bool:
    """Whether the details have a value for this field; delivery by courier counts only with an address."""
    said: object = {
        Field.WINDOW: details.window is not None or details.as_soon_as_possible,
        Field.DELIVERY: details.delivery is DeliveryKind.PICKUP or details.address,
        Field.GOODS: details.lines,
        Field.RECIPIENT: details.recipient.name or details.recipient.phone,
        Field.CLIENT: details.client.name or details.client.phone,
        Field.PAID: details.paid is not None,
    }.get(what)
    return bool(getattr(details, what.value, "") if said is None else said)
