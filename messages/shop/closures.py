"""The shop: open or hidden, until when, by whom, and what it means for orders and goods (R8-R10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.goods import ShopDo, ShopTap
from messages.i18n.phone_screen import PHONE_HEIGHT, height
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit, fit_lines
from messages.money.money_reports import to_reports
from messages.order.board import order_label
from messages.shop.shops import settings_row
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.formatting import moment, until
from messages.ui.names import flower_name
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.model.order import Mark, Order
from orders.model.people import STAFF_ROLES
from orders.model.rules import ShopRules
from orders.shop.closures import Hiding, Spell

MOST_FLOWERS = 10
SPELLS = (Spell.HOUR, Spell.TWO_HOURS, Spell.FOUR_HOURS, Spell.TOMORROW)


@dataclass(frozen=True, slots=True)
class ShopView:
    """The data of the shop's screen; `taken` are the first of `taken_total` orders in hand."""

    hiding: Hiding | None
    products: int
    stopped: int
    out: Sequence[str]
    behind: int
    taken: Sequence[Order]
    taken_total: int
    may_change: bool
    has_marketplace: bool
    has_reports: bool = False
    run_by_reader: int = 0
    """The shop's id if the reader may set its rules, otherwise 0."""


def shop(view: ShopView, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The shop's state; `view.hiding` is the current hiding, or else the last one."""
    rows = _door_rows(view.hiding, t) if view.may_change else []
    rows = [row for row in [*rows, *_goods_rows(view, t)] if row]
    found = _versions(view, rules, now, t)
    lines = next((one for one in found if height(one, len(rows)) <= PHONE_HEIGHT), found[-1])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def _versions(view: ShopView, rules: ShopRules, now: datetime, t: Translator) -> list[list[Markup]]:
    """The full text, then shorter versions with fewer orders in hand and fewer lines on products."""
    hiding, goods = view.hiding, _goods_lines(view, t)
    head = [_title(hiding, t), *(_hiding_lines(hiding, rules, now, t) if hiding else [])]
    if hiding is None or hiding.is_over:
        return [[*head, Markup(), *goods]]
    taken = [
        _taken_lines(replace(view, taken=view.taken[:count]), rules, now, t)
        for count in range(len(view.taken), -1, -1)
    ]
    spaced = [[*head, Markup(), *goods, Markup(), *one] for one in taken[:-2]]
    return [*spaced, *([*head, *goods[:1], *one] for one in taken[-4:-1]), *([*head, *one] for one in taken)]


def spells(hiding: Hiding, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Until when the shop stays hidden."""
    lines = [_title(hiding, t), *_hiding_lines(hiding, rules, now, t), Markup(), t("shop-when")]
    choices = [shop_button(t.plain(f"shop-for-{one.value}"), ShopDo.UNTIL, arg=one.value) for one in SPELLS]
    open_end = shop_button(t.plain("shop-for-open"), ShopDo.UNTIL, arg=Spell.OPEN_END.value)
    rows = [choices[:3], choices[3:], [open_end], [to_shop(t)]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def shop_hidden_news(hiding: Hiding, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """For the other chiefs: who has hidden the shop, and what remains to be done in the marketplace's app."""
    lines = [_title(hiding, t), *_hiding_lines(hiding, rules, now, t)]
    return Screen(str(fit_lines(lines)), keyboard([_app_row(hiding, t), [to_shop(t, "do-shop")]]))


def reopens_soon(hiding: Hiding, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The reminder: the shop is about to open by itself, or stays hidden if somebody wants it so (R8)."""
    at = hiding.until or now
    text = t("shop-reopens", clock=moment(at, now, rules.zone, t), left=until(at, now, t))
    longer = [
        shop_button(t.plain(f"shop-longer-{one.value}"), ShopDo.UNTIL, arg=one.value) for one in SPELLS[:2]
    ]
    rows = [[shop_button(t.plain("do-shop-open"), ShopDo.OPEN)], longer, [to_shop(t, "do-shop")]]
    return Screen(str(text), keyboard(rows))


def shop_open_news(hiding: Hiding, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The shop is open again, and what remains to be done in the marketplace's app."""
    lines = [_title(hiding, t), *_hiding_lines(hiding, rules, now, t)]
    return Screen(str(fit_lines(lines)), keyboard([_app_row(hiding, t), [to_shop(t, "do-shop")]]))


def already(hiding: Hiding | None, rules: ShopRules, now: datetime, t: Translator) -> str:
    """The answer to a tap that changes nothing more (R9)."""
    if hiding is None:
        return t.plain("toast-shop-never-hidden")
    if hiding.reopened is not None:
        return t.plain("toast-shop-already-open", signed=_reopened(hiding.reopened, rules, now, t))
    return t.plain("toast-shop-already-hidden", signed=signed(hiding.hidden, rules, now, t))


def shop_button(label: str, do: ShopDo, id_: int = 0, arg: str = "", page: int = 0) -> InlineKeyboardButton:
    """A button of the shop, cut to what a phone shows."""
    data = ShopTap(do=do, id=id_, arg=arg, page=page).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def to_shop(t: Translator, label: str = "do-shop-back") -> InlineKeyboardButton:
    """Back to the shop."""
    return shop_button(t.plain(label), ShopDo.SHOP)


def listed(title: Markup, things: Sequence[Markup]) -> Markup:
    """«Закончились: пион, роза». Not an argument of the text: those have a limit that a list may exceed."""
    return title + Markup(" ") + Markup(", ").join(things)


def order_lines(
    orders: Sequence[Order], total: int, rules: ShopRules, now: datetime, t: Translator
) -> list[Markup]:
    """One line each, and how many more there are."""
    lines = [escape(order_label(order, now, rules, t)) for order in orders]
    return [*lines, t("shop-more", count=total - len(orders))] if total > len(orders) else lines


def _title(hiding: Hiding | None, t: Translator) -> Markup:
    """Open or hidden, and whether the marketplace has it so: no call is known that would tell it (R11)."""
    if hiding is None or hiding.is_over:
        return t("shop-open-here" if hiding is not None and _must_show(hiding) else "shop-open")
    return t("shop-hidden-here" if hiding.app_hidden is None else "shop-hidden")


def _hiding_lines(hiding: Hiding, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """The lines on the hiding; steps that remain in the marketplace's app come first."""
    by = signed(hiding.hidden, rules, now, t)
    if hiding.reopened is not None:
        lines = [t("shop-was-hidden", signed=by, reopened=_reopened(hiding.reopened, rules, now, t))]
        return [t("shop-app-show"), *lines] if _must_show(hiding) else lines
    lines = [t("shop-hidden-by", signed=by)]
    if hiding.until is None:
        lines.append(t("shop-open-end"))
    else:
        clock = moment(hiding.until, now, rules.zone, t)
        lines.append(t("shop-until", clock=clock, left=until(hiding.until, now, t)))
    if hiding.app_hidden is None:
        return [t("shop-app-hide"), *lines]
    return [*lines, t("shop-app-hidden", signed=signed(hiding.app_hidden, rules, now, t))]


def _reopened(mark: Mark, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """The time of opening, with the person who opened the shop unless it opened by itself."""
    if mark.role in STAFF_ROLES:
        return signed(mark, rules, now, t)
    return t("shop-by-itself", when=moment(mark.at, now, rules.zone, t))


def _goods_lines(view: ShopView, t: Translator) -> list[Markup]:
    lines = [t("shop-goods", count=view.products, stopped=view.stopped)]
    if view.out:
        names = [escape(flower_name(name, t)) for name in view.out[:MOST_FLOWERS]]
        lines.append(listed(t("shop-out"), names))
    if view.behind and view.has_marketplace:
        lines.append(t("shop-behind", count=view.behind))
    return lines


def _taken_lines(view: ShopView, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """Whether new orders can come, and those already taken: they are untouched, said and listed (R10)."""
    is_done = view.hiding is not None and view.hiding.app_hidden is not None
    lines = [t("shop-no-new")] if is_done else []
    if not view.taken_total:
        return [*lines, t("shop-taken-none")]
    listed = order_lines(view.taken, view.taken_total, rules, now, t)
    return [*lines, t("shop-taken", count=view.taken_total), *listed]


def _door_rows(hiding: Hiding | None, t: Translator) -> list[Row]:
    if hiding is None or hiding.is_over:
        hide = [shop_button(t.plain("do-shop-hide"), ShopDo.HIDE)]
        return [_app_row(hiding, t), hide] if hiding else [hide]
    open_ = shop_button(t.plain("do-shop-open"), ShopDo.OPEN)
    return [_app_row(hiding, t), [open_, shop_button(t.plain("do-shop-when"), ShopDo.WHEN)]]


def _app_row(hiding: Hiding, t: Translator) -> Row:
    """The tap that confirms what no call can do, as long as it is not confirmed."""
    waits = hiding.app_hidden is None if not hiding.is_over else _must_show(hiding)
    label = t.plain("do-shop-app-shown" if hiding.is_over else "do-shop-app-hidden")
    return [shop_button(label, ShopDo.APP, hiding.id)] if waits else []


def _must_show(hiding: Hiding) -> bool:
    return hiding.app_hidden is not None and hiding.app_shown is None


def _goods_rows(view: ShopView, t: Translator) -> list[Row]:
    buttons = [
        shop_button(t.plain("do-flowers"), ShopDo.FLOWERS),
        shop_button(t.plain("do-goods"), ShopDo.GOODS),
    ]
    if view.may_change and view.products:
        buttons.append(shop_button(t.plain("do-walk"), ShopDo.WALK))
    if view.may_change and view.has_marketplace:
        buttons.append(shop_button(t.plain("do-read"), ShopDo.READ))
    if view.may_change and view.has_reports:
        buttons.append(to_reports(t))
    if view.may_change:
        buttons.append(shop_button(t.plain("do-outage"), ShopDo.WAY))
    if view.run_by_reader:
        buttons += settings_row(view.run_by_reader, t)
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
