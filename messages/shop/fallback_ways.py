"""Settings of the fallback channels in the chat. Of an address only its service is shown."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from messages.callbacks.goods import ShopDo
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.shop.closures import shop_button, to_shop
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.screen import Screen

FOR_SHOP, OWN = "shop", "own"
"""For whom the button adds an address."""


def ways_screen(
    ways: Sequence[tuple[int, str, bool]],
    t: Translator,
    *,
    runs_shop: bool,
    may_print: bool,
    note: str = "",
) -> Screen:
    """Each of `ways` has its id, its service, and whether it is the shop's; `note` comes first.

    `may_print`: the person sees every order, and may get the pack of the day.
    """
    lines = [*([Markup(note)] if note else []), t("ways-title"), t("ways-about")]  # noqa: S704 - our own text
    lines += [_line(service, t, is_shops=is_shops) for _, service, is_shops in ways] or [t("ways-none")]
    rows: list[Row] = [[shop_button(t.plain("do-pack"), ShopDo.PACK)]] if may_print else []
    rows.append([shop_button(t.plain("do-way-own"), ShopDo.WAY_ADD, arg=OWN)])
    if runs_shop:
        rows.append([shop_button(t.plain("do-way-shop"), ShopDo.WAY_ADD, arg=FOR_SHOP)])
    rows += [
        [shop_button(t.plain("do-way-drop", service=_named(service)), ShopDo.WAY_DROP, way_id)]
        for way_id, service, _ in ways
    ]
    if ways:
        rows.append([shop_button(t.plain("do-way-try"), ShopDo.WAY_TRY)])
    return Screen(str(Markup("\n").join(lines)), keyboard([*rows, [to_shop(t)]]))


def way_question(t: Translator) -> Screen:
    """Explains how to write an address."""
    return Screen(str(t("way-question")), keyboard([[shop_button(t.plain("do-way-back"), ShopDo.WAY)]]))


def tried(outcomes: Sequence[tuple[str, bool]], t: Translator) -> str:
    """Which addresses accepted the test message."""
    lines = [t("way-taken" if taken else "way-refused", service=_named(name)) for name, taken in outcomes]
    return str(Markup("\n").join(lines))


def _line(service: str, t: Translator, *, is_shops: bool) -> Markup:
    return t("way-of-shop" if is_shops else "way-own", service=_named(service))


def _named(service: str) -> str:
    return clean(service, limits.STAFF)
