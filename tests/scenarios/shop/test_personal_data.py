"""A client asks what is known of him and has it erased; only a director can do it (R63)."""

from __future__ import annotations

import pytest

from messages.shop.personal_data import PersonalDo, PersonalTap
from sandbox.driver.wire import PATIENCE
from tests.sandbox.tools import eventually
from tests.scenarios.stage import Stage
from tests.scenarios.steps import NO_BUTTON, forge, step

PERSONAL = ("Лесная", "Мария", "Игорь", "С днём рождения")
SECRET = "Скажите, что это от Васи"


@pytest.mark.requirement("R63")
async def test_a_client_has_his_data_handed_out_and_erased(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot()
    await stage.hire("director", "manager")
    number, living = await stage.accepted(comment=SECRET), await stage.accepted()
    await step(stage, "director", number, "Клиент отменяет")
    await stage.tap("director", number, "Да, клиент просил")
    await stage.card("director", number, "Отменён")

    await stage.driver.text("director", "Магазин")
    await stage.driver.press_last("director", "Настройки…")
    await stage.driver.press_last("director", "Личные данные клиента…")
    await stage.driver.wait_message("director", containing="пришлите номер заказа или телефон")
    await stage.driver.sticker("director")
    await stage.driver.wait_message("director", containing="Пришлите номер заказа или телефон текстом")
    await stage.driver.text("director", "77777777")
    await stage.driver.wait_message("director", containing="Таких заказов в магазине нет.")
    for do in PersonalDo:
        assert (await forge(stage, "manager", PersonalTap(do=do, shop=1).pack())).text == NO_BUTTON
    await stage.driver.text("director", living)
    found = await stage.driver.wait_message("director", containing="Найден 1 заказ:")
    await stage.driver.press("director", found.message_id, "Стереть…")
    await stage.driver.wait_message("director", containing="Ещё в работе, поэтому не стираются")

    mark = await stage.driver.mark()
    await stage.driver.text("director", number)
    found = await stage.driver.wait_message("director", containing="Найден 1 заказ:", since=mark)
    await stage.driver.press("director", found.message_id, "Выгрузить файлом")
    await stage.driver.wait_message("director", lambda message: message.document is not None)
    await stage.driver.press("director", found.message_id, "Стереть…")
    await stage.driver.wait_message("director", containing="Вернуть их будет нельзя")
    await stage.driver.press("director", found.message_id, "Стереть навсегда")
    told = await stage.driver.wait_message("director", containing="Личные данные стёрты, 1 заказ:")
    assert number in told.text
    again = await stage.driver.press("director", found.message_id, "Стереть навсегда", stale=True)
    assert again.text == "Этот вопрос уже закрыт"
    card = await stage.driver.wait_message(
        "director", lambda m: m.text.startswith("⚫") and number in m.text and "стёрты" in m.text
    )
    assert not any(word in card.text for word in PERSONAL)

    async def is_bare() -> bool:
        copy = (stage.folder / "data/backup/orders-copy.db").read_bytes().decode("utf-8", "replace")
        return SECRET not in copy

    await eventually(is_bare, seconds=PATIENCE, pause=0.1)
    assert (await stage.order(living)).details.address
    assert not (await stage.order(number)).details.address
