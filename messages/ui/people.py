"""Names of people in lines."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.formatting import moment
from orders.model.order import Mark
from orders.model.people import STAFF_ROLES
from orders.model.rules import ShopRules


def who(mark: Mark, t: Translator) -> Markup:
    """Staff by name, the client and the marketplace by role: their names are not for everybody."""
    name = clean(mark.name, limits.STAFF)
    if mark.role in STAFF_ROLES and name:
        return t("said", text=name)
    return t(f"who-{mark.role.value}")


def signed(mark: Mark, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """«12:03, Анна»."""
    return t("signed", when=moment(mark.at, now, rules.zone, t), who=who(mark, t))
