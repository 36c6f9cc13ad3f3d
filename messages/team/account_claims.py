"""Messages when another Telegram account claims a member's place (R17)."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton

from messages.callbacks.team import ClaimTap
from messages.i18n.texts import Translator
from messages.ui.buttons import keyboard
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.model.order import Mark
from orders.model.people import Role
from orders.model.rules import ShopRules


def claim_for_owner(claim_id: int, account: str, t: Translator) -> Screen:
    """For the account that has the place: asks whether it is the same person."""
    buttons = [_button(claim_id, allow, f"account-owner-{key}", t) for allow, key in _ANSWERS]
    return Screen(str(t("account-claimed-owner", account=account)), keyboard([[one] for one in buttons]))


def claim_for_director(
    claim_id: int, account: str, name: str, role: Role, t: Translator, *, may_allow: bool
) -> Screen:
    """For a director; one who does not run all shops of the person can only refuse."""
    key = "account-claimed-director" if may_allow else "account-claimed-informed"
    words = t(key, account=account, name=name, role=t(f"role-{role.value}"))
    answers = [(allow, key) for allow, key in _ANSWERS if may_allow or not allow]
    buttons = [_button(claim_id, allow, f"account-director-{key}", t) for allow, key in answers]
    return Screen(str(words), keyboard([[one] for one in buttons]))


def decided(
    reader: str, name: str, allowed: bool, by: Mark, shop: str, rules: ShopRules, now: datetime, t: Translator
) -> Screen:
    """The decision; `reader` is "old" or "new" for the two accounts, "director" for others."""
    key = f"account-{'moved' if allowed else 'stays'}-{reader}"
    return Screen(str(t(key, name=name, shop=shop, signed=signed(by, rules, now, t))))


_ANSWERS = ((True, "yes"), (False, "no"))


def _button(claim_id: int, allow: bool, key: str, t: Translator) -> InlineKeyboardButton:
    data = ClaimTap(claim=claim_id, allow=allow).pack()
    return InlineKeyboardButton(text=t.plain(key), callback_data=data)
