"""Products: the stop list by one tap each (R60), the review of stock and recipes (R83)."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.goods import ShopDo
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied, fit_lines
from messages.shop.closures import listed, shop_button, to_shop
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.names import flower_name, product_name
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.goods.products import MOST_STEMS, Ingredient, Obstacle, Product, Stems, obstacles

PAGE_SIZE = 5
STRIDE = 5
_SIGN_OFF = "⚫"
_SIGN_ON = "🟢"
MOST_PROBLEMS = 10
PROBLEM = 150


def goods(
    products: Sequence[Product],
    stems: Stems,
    page: int,
    pages: int,
    total: int,
    part: str,
    t: Translator,
    *,
    may_change: bool,
) -> Screen:
    """One page of the products; a tap puts one on the stop list or takes it off (R60)."""
    lines = [t("goods-title", count=total)]
    if part:
        lines.append(t("goods-found" if total else "goods-not-found", part=part))
    elif not total:
        lines.append(t("goods-none"))
    else:
        lines.append(t("goods-how" if may_change else "goods-look"))
    if pages > 1:
        lines.append(t("goods-page", page=page + 1, pages=pages))
    rows: list[Row] = [[_stop_button(one, stems, page, t)] for one in products]
    steps = (("board-previous", page - 1), ("board-next", page + 1))
    rows.append([shop_button(t.plain(key), ShopDo.GOODS, page=to) for key, to in steps if 0 <= to < pages])
    if may_change and page == 0 and not part:
        rows.append([shop_button(t.plain("do-feed"), ShopDo.FEED)])
    everything = [shop_button(t.plain("do-goods-all"), ShopDo.GOODS, arg="all")] if part and page == 0 else []
    return Screen(str(fit_lines(lines)), keyboard([*rows, [*everything, to_shop(t)]]))


def feed_address(address: str, shop_number: str, t: Translator) -> Screen:
    """The address from which the marketplace reads stock and stop list, and the words for support (R61).

    `address` without "http" is a path, used if the bot's own address is unknown.
    """
    back = [shop_button(t.plain("do-goods-back"), ShopDo.GOODS)]
    if not address:
        return Screen(str(t("feed-none")), keyboard([back]))
    whole = address if address.startswith("http") else t.plain("feed-site") + address
    text = t.plain("feed-for-support", shop=shop_number or t.plain("feed-shop-unknown"), address=whole)
    lines = [
        t("feed-title"),
        copied(whole),
        *([] if address.startswith("http") else [t("feed-site-unknown")]),
        Markup(),
        t("support-copy"),
        copied(text),
    ]
    return Screen(str(fit_lines(lines)), keyboard([back]))


def product(
    one: Product,
    stems: Stems,
    place: int,
    total: int,
    problem: str | None,
    t: Translator,
) -> Screen:
    """One product of the review: its stock, whether it is sold, its recipe.

    `problem`: None if the marketplace is up to date; "" if the push is pending; otherwise the marketplace's
    answer.
    """
    lines = [
        t("product-title", place=place + 1, total=total, name=product_name(one.name, t)),
        _offer(one, t),
        t("product-stock", count=one.stock) if one.stock is not None else t("product-not-counted"),
        *_standing(one, stems, t),
        listed(t("product-recipe"), recipe_text(one.recipe, t)) if one.recipe else t("product-no-recipe"),
    ]
    if problem is not None:
        lines.append(_problem(problem, t))
    lines += [Markup(), t("product-how")]
    return Screen(str(fit_lines(lines)), keyboard(_product_rows(one, place, total, t)))


def recipe_question(one: Product, place: int, t: Translator) -> Screen:
    """Asks for the recipe; the button to cancel leads to the product."""
    cancel = shop_button(t.plain("button-cancel-question"), ShopDo.WALK, page=place)
    text = t("product-ask-recipe", name=clean(one.name, limits.PRODUCT))
    return Screen(str(text), keyboard([[cancel]]))


def refused(problems: Sequence[tuple[Product, bool, str]], t: Translator) -> Screen:
    """Products that the marketplace refused: (product, should be shown, the marketplace's words)."""
    lines = [t("goods-refused", count=len(problems))]
    for one, shown, problem in problems[:MOST_PROBLEMS]:
        name = product_name(one.name, t)
        lines.append(
            t("goods-refused-line", name=name, wish="show" if shown else "hide", why=_why(problem, t))
        )
    lines += [t("goods-refused-advice")]
    return Screen(str(fit_lines(lines)), keyboard([[to_shop(t, "do-shop")]]))


def recipe_text(recipe: Sequence[Ingredient], t: Translator) -> list[Markup]:
    """«пион 15», «эвкалипт 3»."""
    return [
        t("product-ingredient", flower=flower_name(one.flower, t), stems=str(one.stems)) for one in recipe
    ]


def _stop_button(one: Product, stems: Stems, page: int, t: Translator) -> InlineKeyboardButton:
    standing = obstacles(one, stems, shop_open=True)
    sign = _SIGN_OFF if standing else _SIGN_ON
    name = product_name(one.name, t, limits.BUTTON)
    note = ""
    if Obstacle.STOPPED not in standing and standing:
        note = t.plain(f"obstacle-{standing[0].value}")
    label = " · ".join(filter(None, (f"{sign} {name}", note)))
    do = ShopDo.SELL if one.stopped else ShopDo.STOP
    return shop_button(label, do, one.id, page=page)


def _offer(one: Product, t: Translator) -> Markup:
    article = escape(clean(one.offer_id, limits.NUMBER))
    return t("joined", first=money(one.price, t), second=article) if one.price else article


def _standing(one: Product, stems: Stems, t: Translator) -> list[Markup]:
    standing = obstacles(one, stems, shop_open=True)
    if not standing:
        return [t("product-sold")]
    said = Markup(", ").join(t(f"obstacle-{obstacle.value}") for obstacle in standing)
    return [t("product-not-sold", why=said)]


def _problem(problem: str, t: Translator) -> Markup:
    return t("product-refused", why=_why(problem, t)) if problem else t("product-behind")


def _why(problem: str, t: Translator) -> Markup:
    said = clean(problem, PROBLEM)
    return t("said", text=said) if said not in {"", "?"} else t("goods-unexplained")


def _product_rows(one: Product, place: int, total: int, t: Translator) -> list[Row]:
    """Amounts are absolute, so that a second tap on the same button changes nothing."""
    have = one.stock or 0
    steps = (("stock-minus", have - 1), ("stock-plus", have + 1), ("stock-plus-more", have + STRIDE))
    numbers = [_amount(one, t.plain(key, count=STRIDE), str(stock), place) for key, stock in steps]
    is_none = one.stock == 0
    numbers.append(
        _amount(one, t.plain("do-not-counted" if is_none else "stock-none"), "" if is_none else "0", place)
    )
    do, key = (ShopDo.RESUME, "do-sell") if one.stopped else (ShopDo.PAUSE, "do-stop")
    stop = shop_button(t.plain(key), do, one.id, page=place)
    recipe = shop_button(t.plain("do-recipe"), ShopDo.RECIPE, one.id, page=place)
    return [numbers, [stop, recipe], [to_shop(t), _onwards(place, total, t)]]


def _amount(one: Product, label: str, stock: str, place: int) -> InlineKeyboardButton:
    """`stock` "" stops counting the product."""
    within = stock and str(min(max(int(stock), 0), MOST_STEMS))
    return shop_button(label, ShopDo.STOCK, one.id, within, place)


def _onwards(place: int, total: int, t: Translator) -> InlineKeyboardButton:
    if place + 1 < total:
        return shop_button(t.plain("do-walk-next"), ShopDo.WALK, page=place + 1)
    return shop_button(t.plain("do-walk-over"), ShopDo.GOODS)
