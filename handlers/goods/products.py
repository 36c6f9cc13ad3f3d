"""The stop list (R60), and the step-by-step review of stock and recipes (R83)."""

from __future__ import annotations

import re
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from magic_filter import RegexpMode

from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.dialogue import open_dialogue
from handlers.frame.reception import InPrivate, May
from handlers.goods.catalogue_common import LONGEST_PART, Counting, allowed, put_question, send, show
from messages.callbacks.goods import ShopDo, ShopTap
from messages.goods import products as screens
from messages.goods.products import PAGE_SIZE
from messages.i18n.untrusted_text import clean, clean_lines
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.goods.products import MOST_STEMS, UnclearRecipeError, can_change_goods, parse_recipe
from orders.model.refusals import Refusal
from services.goods.catalogue import Catalogue
from services.goods.feed_addresses import FeedAddresses
from services.goods.goods_desk import GoodsDesk
from storage.db.errors import NoSuchProduct

AMOUNT = re.compile(r"\s*[0-9]{1,4}\s*")
STOCK = re.compile(r"[0-9]{1,4}")
NO_RECIPE = {"-", "−", "–", "—"}

router = Router(name="goods")
router.message.filter(May(Act.SEE_GOODS), InPrivate())
router.callback_query.filter(May(Act.SEE_GOODS), InPrivate())


@router.callback_query(ShopTap.filter(F.do == ShopDo.GOODS))
async def show_goods(
    query: CallbackQuery, callback_data: ShopTap, state: FSMContext, catalogue: Catalogue, visit: Visit
) -> None:
    """Show a page of products; words typed next search their names."""
    part = "" if callback_data.arg == "all" else await _part(state)
    await open_dialogue(state, Counting.search, {"part": part})
    await show(query, visit, await _page(callback_data.page, part, catalogue, visit))


@router.callback_query(ShopTap.filter(F.do == ShopDo.FEED))
async def show_feed_address(query: CallbackQuery, feeds: FeedAddresses, visit: Visit) -> None:
    """Show the feed's address to people who may change goods: it contains a secret (R61)."""
    if not can_change_goods(visit.actor, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
        return
    number = str(visit.shop.marketplace_id or "")
    await show(query, visit, screens.feed_address(feeds.of(visit.shop), number, visit.t))


@router.callback_query(ShopTap.filter(F.do.in_({ShopDo.STOP, ShopDo.SELL})))
async def turn_product(
    query: CallbackQuery,
    callback_data: ShopTap,
    state: FSMContext,
    catalogue: Catalogue,
    goods_desk: GoodsDesk,
    visit: Visit,
) -> None:
    """Put a product on the stop list or take it off."""
    stopped = callback_data.do is ShopDo.STOP
    wish = goods_desk.set_stopped(visit.actor, callback_data.id, stopped=stopped)
    if await allowed(wish, query, visit) is not None:
        words = visit.t.plain("toast-stopped" if stopped else "toast-sold")
        await show(query, visit, await _page(callback_data.page, await _part(state), catalogue, visit), words)


@router.callback_query(ShopTap.filter(F.do.in_({ShopDo.PAUSE, ShopDo.RESUME})))
async def turn_product_of_walk(
    query: CallbackQuery, callback_data: ShopTap, catalogue: Catalogue, goods_desk: GoodsDesk, visit: Visit
) -> None:
    """Do the same from the product's own screen."""
    stopped = callback_data.do is ShopDo.PAUSE
    wish = goods_desk.set_stopped(visit.actor, callback_data.id, stopped=stopped)
    product = await allowed(wish, query, visit)
    if product is not None:
        words = visit.t.plain("toast-stopped" if stopped else "toast-sold")
        await show(query, visit, await _product(product.id, callback_data.page, catalogue, visit), words)


@router.callback_query(ShopTap.filter(F.do == ShopDo.WALK))
async def walk(
    query: CallbackQuery, callback_data: ShopTap, state: FSMContext, catalogue: Catalogue, visit: Visit
) -> None:
    """Show the next product of the review; a number typed next is its stock."""
    if not can_change_goods(visit.actor, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
        return
    screen = await _step(callback_data.page, state, catalogue, visit)
    if screen is None:
        await answer_tap(query, visit.t.plain("toast-product-gone"))
        return
    await show(query, visit, screen)


@router.callback_query(ShopTap.filter(F.do == ShopDo.STOCK))
async def set_stock(
    query: CallbackQuery,
    callback_data: ShopTap,
    state: FSMContext,
    catalogue: Catalogue,
    goods_desk: GoodsDesk,
    visit: Visit,
) -> None:
    """Set the product's stock, or stop counting it."""
    if callback_data.arg and not STOCK.fullmatch(callback_data.arg):
        await answer_tap(query, visit.t.plain("toast-unknown-button"))
        return
    stock = min(int(callback_data.arg), MOST_STEMS) if callback_data.arg else None
    product = await allowed(goods_desk.set_stock(visit.actor, callback_data.id, stock), query, visit)
    if product is not None:
        await _wait_for_stock(state, product.id, callback_data.page)
        words = (
            visit.t.plain("toast-not-counted") if stock is None else visit.t.plain("toast-stock", count=stock)
        )
        await show(query, visit, await _product(product.id, callback_data.page, catalogue, visit), words)


@router.callback_query(ShopTap.filter(F.do == ShopDo.RECIPE))
async def ask_recipe(
    query: CallbackQuery, callback_data: ShopTap, state: FSMContext, catalogue: Catalogue, visit: Visit
) -> None:
    """Ask for the product's recipe."""
    if not can_change_goods(visit.actor, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
        return
    view = await catalogue.product(visit.shop.id, callback_data.id)
    if view is None:
        await answer_tap(query, visit.t.plain("toast-product-gone"))
        return
    product = view.product
    await answer_tap(query, "")
    asked = {"product": product.id, "page": callback_data.page, "asked_at": visit.now.isoformat()}
    await open_dialogue(state, Counting.recipe, asked)
    if isinstance(query.message, Message):
        await put_question(
            query.message, visit, screens.recipe_question(product, callback_data.page, visit.t)
        )


@router.message(Counting.recipe, F.text)
async def take_recipe(
    message: Message, state: FSMContext, catalogue: Catalogue, goods_desk: GoodsDesk, visit: Visit
) -> None:
    """Store the recipe, for example «пион 15, эвкалипт 3»; a minus sign removes it."""
    words = clean_lines(message.text or "")
    try:
        recipe = () if words in NO_RECIPE else parse_recipe(words)
    except UnclearRecipeError as unclear:
        await remark(message, visit.t("recipe-unclear", part=clean(unclear.part, LONGEST_PART)))
        return
    data = await state.get_data()
    try:
        await goods_desk.set_recipe(visit.actor, data["product"], recipe)
    except (Refusal, NoSuchProduct):
        await state.clear()
        await remark(message, visit.t("toast-product-gone"))
        return
    await _wait_for_stock(state, data["product"], data["page"], message)
    await send(message, visit, await _product(data["product"], data["page"], catalogue, visit))


@router.message(Counting.recipe)
@router.message(Counting.flowers)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("recipe-needed"))


@router.message(Counting.stock, F.text.regexp(AMOUNT, mode=RegexpMode.FULLMATCH))
async def take_stock(
    message: Message,
    state: FSMContext,
    catalogue: Catalogue,
    goods_desk: GoodsDesk,
    visit: Visit,
    *,
    is_repeated: bool = False,
) -> None:
    """Store the typed number as the product's stock, and show the next product."""
    data = await state.get_data()
    if is_repeated:
        await send(message, visit, await _product(data["product"], data["page"], catalogue, visit))
        return
    try:
        await goods_desk.set_stock(visit.actor, data["product"], int(message.text or ""))
    except (Refusal, NoSuchProduct):
        await state.clear()
        await remark(message, visit.t("toast-product-gone"))
        return
    screen = await _step(data["page"] + 1, state, catalogue, visit, answer=message)
    await send(message, visit, screen or await _product(data["product"], data["page"], catalogue, visit))


@router.message(Counting.search, F.text.regexp(r"(?s).*[^\d\s#№-].*"))
async def search(message: Message, state: FSMContext, catalogue: Catalogue, visit: Visit) -> None:
    """Search products by a part of their name; a number searches for an order, as everywhere."""
    part = clean(message.text or "", LONGEST_PART)
    await open_dialogue(state, Counting.search, {"part": part})
    await send(message, visit, await _page(0, part, catalogue, visit))


async def _part(state: FSMContext) -> str:
    if await state.get_state() != Counting.search.state:
        return ""
    return str((await state.get_data()).get("part", ""))


async def _page(page: int, part: str, catalogue: Catalogue, visit: Visit) -> Screen:
    here = await catalogue.page(visit.shop.id, page, PAGE_SIZE, part)
    may_change = can_change_goods(visit.actor, visit.shop.id)
    return screens.goods(
        here.found, here.stems, here.page, here.pages, here.total, part, visit.t, may_change=may_change
    )


async def _step(
    page: int, state: FSMContext, catalogue: Catalogue, visit: Visit, answer: Message | None = None
) -> Screen | None:
    """Returns the screen of the product at this position of the review; None after the last one."""
    found = await catalogue.at(visit.shop.id, page)
    if found is None:
        await open_dialogue(state, None, {}, answer)
        return None
    await _wait_for_stock(state, found.id, page, answer)
    return await _product(found.id, page, catalogue, visit)


async def _wait_for_stock(
    state: FSMContext, product_id: int, page: int, answer: Message | None = None
) -> None:
    data: dict[str, Any] = {"product": product_id, "page": page}
    await open_dialogue(state, Counting.stock, data, answer)


async def _product(product_id: int, page: int, catalogue: Catalogue, visit: Visit) -> Screen:
    """Returns the product's screen. Raises NoSuchProduct if it is gone."""
    view = await catalogue.product(visit.shop.id, product_id)
    if view is None:
        raise NoSuchProduct(visit.shop.id, product_id)
    return screens.product(view.product, view.stems, page, view.total, view.problem, visit.t)
