from __future__ import annotations

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile

from messages.callbacks.order import Do, Tap
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import Bot

ACCEPT = (do.Accept(), Role.DIRECTOR)


@pytest.mark.requirement("X9", "R14")
async def test_chiefs_print_one_order_from_its_details_and_others_may_not(bot: Bot) -> None:
    seller = bot.actors[Role.SELLER]
    order = await bot.order(ACCEPT, (do.AssignSeller(seller.staff_id or 0, "Оля"), Role.MANAGER))
    details, printed = (Tap(do=one, order=order.id).pack() for one in (Do.DETAILS, Do.PRINT))
    assert "🖨 Напечатать" not in (await bot.press(Role.SELLER, details)).labels
    refused = await bot.press(Role.SELLER, printed)
    assert refused.toast.startswith("Этот шаг делает другой сотрудник")
    assert not [call for call in bot.wire.calls if isinstance(call, SendDocument)]
    shown = await bot.press(Role.MANAGER, details)
    await bot.press(Role.MANAGER, shown.data("🖨 Напечатать"))
    [call] = [call for call in bot.wire.calls if isinstance(call, SendDocument)]
    assert isinstance(call.document, BufferedInputFile)
    assert call.document.filename == f"{order.number}.pdf"
    assert call.document.data.startswith(b"%PDF-")
    assert "после доставки уничтожьте лист" in (call.caption or "")
