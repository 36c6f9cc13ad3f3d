"""«Чего нет»: mark a flower as out by one tap (R11), and count flowers by typing (R83)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.dialogue import finish_dialogue, open_dialogue
from handlers.frame.reception import InPrivate, May
from handlers.goods.catalogue_common import LONGEST_PART, Counting, allowed, put_question, send, show
from messages.callbacks.goods import ShopDo, ShopTap, flower_number
from messages.goods import flowers as screens
from messages.i18n.untrusted_text import clean, clean_lines
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.goods.products import (
    Flower,
    Obstacle,
    UnclearRecipeError,
    can_change_goods,
    obstacles,
    parse_recipe,
)
from services.goods.catalogue import Catalogue
from services.goods.goods_desk import FlowerChange, GoodsDesk

router = Router(name="flowers")
router.message.filter(May(Act.SEE_GOODS), InPrivate())
router.callback_query.filter(May(Act.SEE_GOODS), InPrivate())


@router.callback_query(ShopTap.filter(F.do == ShopDo.FLOWERS))
async def show_flowers(
    query: CallbackQuery, callback_data: ShopTap, state: FSMContext, catalogue: Catalogue, visit: Visit
) -> None:
    """List the flowers of all recipes."""
    await state.clear()
    found = await catalogue.flowers(visit.shop.id)
    may_change = can_change_goods(visit.actor, visit.shop.id)
    await show(query, visit, screens.flowers(found, callback_data.page, visit.t, may_change=may_change))


@router.callback_query(ShopTap.filter(F.do.in_({ShopDo.OUT, ShopDo.BACK})))
async def turn_flower(
    query: CallbackQuery, callback_data: ShopTap, catalogue: Catalogue, goods_desk: GoodsDesk, visit: Visit
) -> None:
    """Mark a flower as out, which hides the products that need it, or as back, which shows them again.

    A product that is hidden for another reason, too, stays hidden. A seller's tap only reports it to the
    chiefs.
    """
    known = await catalogue.flowers(visit.shop.id)
    flower = next((one for one in known if flower_number(one.key) == callback_data.id), None)
    if flower is None:
        await answer_tap(query, visit.t.plain("toast-flower-gone"))
        return
    is_out = callback_data.do is ShopDo.OUT
    if is_out and not can_change_goods(visit.actor, visit.shop.id):
        said = await allowed(goods_desk.say_out(visit.actor, flower), query, visit)
        if said is not None:
            await answer_tap(query, visit.t.plain("toast-flower-said" if said else "toast-flower-known"))
        return
    change = await allowed(goods_desk.set_stems(visit.actor, flower, 0 if is_out else None), query, visit)
    if change is None:
        return
    stems = await catalogue.stems(visit.shop.id)
    hidden = [one for one in change.products if Obstacle.FLOWER_OUT in obstacles(one, stems, shop_open=True)]
    key = "toast-flower-out" if is_out else "toast-flower-back"
    words = visit.t.plain(key, count=len(hidden))
    if not change.changed:
        words = visit.t.plain("toast-shop-already")
    await show(query, visit, _screen(change, stems, visit), words)


@router.callback_query(ShopTap.filter(F.do == ShopDo.COUNT))
async def ask_count(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Ask for the flowers in stock."""
    if not can_change_goods(visit.actor, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
        return
    await answer_tap(query, "")
    await open_dialogue(state, Counting.flowers, {"shop": visit.shop.id})
    if isinstance(query.message, Message):
        await put_question(query.message, visit, screens.count_question(visit.t))


@router.message(Counting.flowers, F.text)
async def take_count(
    message: Message, state: FSMContext, catalogue: Catalogue, goods_desk: GoodsDesk, visit: Visit
) -> None:
    """Store the counted flowers; products whose recipes they do not cover are hidden (R83)."""
    try:
        counted = parse_recipe(clean_lines(message.text or ""), least=0)
    except UnclearRecipeError as unclear:
        await remark(message, visit.t("recipe-unclear", part=clean(unclear.part, LONGEST_PART)))
        return
    changes = await goods_desk.count_flowers(visit.actor, counted)
    await finish_dialogue(state, message)
    stems = await catalogue.stems(visit.shop.id)
    known = {one.flower.key for one in changes}
    unknown = [one.flower for one in counted if one.key not in known]
    found = [(one.flower, one.products, one.needs) for one in changes]
    await send(message, visit, screens.counted(found, unknown, stems, visit.rules, visit.now, visit.t))


def _screen(change: FlowerChange, stems: dict[str, int], visit: Visit) -> Screen:
    flower: Flower = change.flower
    return screens.flower(flower, change.products, stems, change.needs, visit.rules, visit.now, visit.t)
