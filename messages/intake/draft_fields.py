"""The fields of a draft in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.formatting import sentence, span
from messages.ui.names import product_name
from messages.ui.sums import money
from orders.model.details import Details, Line, Person
from orders.model.draft import Draft, Field
from orders.model.rules import ShopRules

NOTES = (Field.CLIENT_NOTE, Field.SHOP_NOTE, Field.COURIER_NOTE, Field.PAYMENT_NOTE)
ALWAYS = (
    Field.WINDOW,
    Field.DELIVERY,
    Field.ADDRESS,
    Field.GOODS,
    Field.PAID,
    Field.RECIPIENT,
    Field.CLIENT,
    Field.CARD_TEXT,
)
"""Fields that are listed even if unknown; notes are listed only if there are any."""


@dataclass(frozen=True, slots=True)
class DraftLook:
    """The data from which a draft's lines are made."""

    draft: Draft
    rules: ShopRules
    now: datetime
    t: Translator

    def label(self, field: Field) -> str:
        return self.t.plain(f"draft-field-{field.value}")

    def title(self) -> Markup:
        """«Черновик заказа 25836184»; without a number it says that the order will get one."""
        number = clean(self.draft.number, limits.NUMBER)
        return self.t("draft-title", number=number) if number else self.t("draft-title-unnumbered")

    def lines(self) -> list[Markup]:
        """A line for each field; missing ones are marked."""
        found = [self._line(field) for field in ALWAYS if self._is_asked(field)]
        found += [self._line(field) for field in NOTES if self.draft.knows(field)]
        papers = len(self.draft.details.papers)
        return [*found, self.t("draft-papers", count=papers)] if papers else found

    def value(self, details: Details, field: Field) -> Markup:
        """The field's value, short enough for a screen."""
        match field:
            case Field.WINDOW:
                return self._when(details)
            case Field.DELIVERY:
                return self.t(f"delivery-{details.delivery.value}")
            case Field.GOODS:
                return self._goods(details.lines)
            case Field.PAID if details.paid is not None:
                return money(details.paid, self.t)
            case Field.RECIPIENT | Field.CLIENT:
                return self._person(details.recipient if field is Field.RECIPIENT else details.client)
        limit = limits.CARD_TEXT if field is Field.CARD_TEXT else limits.NOTE
        return self.t("said", text=clean(getattr(details, field.value) or "", limit))

    def _is_asked(self, field: Field) -> bool:
        """A pickup needs no address and usually no recipient."""
        is_needless = self.draft.is_pickup and field in {Field.ADDRESS, Field.RECIPIENT}
        return self.draft.knows(field) or not is_needless

    def _line(self, field: Field) -> Markup:
        label = self.label(field)
        is_known = field is Field.DELIVERY or self.draft.knows(field)
        value = self.value(self.draft.details, field) if is_known else Markup()
        return (
            self.t("draft-line", label=label, value=value) if value else self.t("draft-missing", label=label)
        )

    def _when(self, details: Details) -> Markup:
        if details.window is None:
            return self.t("when-soon")
        text = span(details.window, self.now, self.rules.zone, self.t)
        return self.t("when-soon-span", span=text) if details.as_soon_as_possible else sentence(text)

    def _goods(self, lines: tuple[Line, ...]) -> Markup:
        shown = [self._product(line) for line in lines[: limits.LINES]]
        rest = len(lines) - len(shown)
        return Markup("; ").join([*shown, self.t("composition-more", count=rest)] if rest else shown)

    def _product(self, line: Line) -> Markup:
        name = self.t("said", text=product_name(line.name, self.t))
        counted = self.t("composition-line", name=name, count=line.count) if line.count != 1 else name
        if line.paid is None:
            return counted
        return self.t("draft-product-sum", name=counted, amount=money(line.paid, self.t))

    def _person(self, person: Person) -> Markup:
        parts = (clean(person.name, limits.PERSON), clean(person.phone, limits.PHONE))
        return Markup(", ").join(self.t("said", text=part) for part in parts if part)
