"""The director's settings behind «Магазин»: rules, other shops, clients' personal data."""

from __future__ import annotations

from messages.i18n.texts import Translator
from messages.shop.closures import to_shop
from messages.shop.personal_data import personal_row
from messages.shop.shops import ShopsDo, shops_button
from messages.ui.buttons import keyboard
from messages.ui.screen import Screen
from messages.ui.shop_labels import bound


def settings_menu(shop_name: str, shop_id: int, t: Translator) -> Screen:
    """A button for each page."""
    rows = [
        [shops_button(t.plain("do-shops-rules"), ShopsDo.RULES, shop_id)],
        [shops_button(t.plain("do-shops-list"), ShopsDo.LIST, shop_id)],
        personal_row(shop_id, t),
        [to_shop(t)],
    ]
    return bound(Screen(str(t("shops-settings", shop=shop_name)), keyboard(rows)), shop_id)
