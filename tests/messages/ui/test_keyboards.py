from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import pytest
from aiogram.filters.callback_data import CallbackData

import messages
from messages.callbacks.order import Answer, BoardTap, Do, PhotoFor, Tap
from messages.callbacks.team import TeamDo, TeamTap
from messages.ui.keyboards import contact_keyboard, main_keyboard
from orders.model.people import Role
from orders.order.board import Day, Section
from tests.messages.journeys import EN, RU

HUGE = 2**63 - 1
SOS = "🆘 Что делать?"


@pytest.mark.parametrize(
    ("role", "rows"),
    [
        (Role.DIRECTOR, [["Заказы", "Новые"], ["Магазин", "Сотрудники"], ["Отчёт", SOS]]),
        (Role.MANAGER, [["Заказы", "Новые"], ["Магазин", "Сотрудники"], ["Отчёт", SOS]]),
        (Role.SELLER, [["Заказы", "Магазин"], ["Мой день", SOS]]),
        (Role.COURIER, [["Мои доставки", "Заказы"], ["Мой день", SOS]]),
    ],
)
def test_each_role_has_its_small_keyboard(role: Role, rows: list[list[str]]) -> None:
    keyboard = main_keyboard(role, RU)
    assert [[button.text for button in row] for row in keyboard.keyboard] == rows
    assert keyboard.is_persistent


@pytest.mark.requirement("R17")
def test_connecting_sends_ones_own_contact() -> None:
    (button,) = contact_keyboard(RU).keyboard[0]
    assert (button.text, button.request_contact) == ("Отправить контакт", True)
    assert contact_keyboard(EN).keyboard[0][0].text == "Send contact"


@pytest.mark.parametrize("do", Do)
def test_every_tap_fits_and_has_a_label_or_is_chosen_from_a_list(do: Do) -> None:
    packed = Tap(do=do, order=HUGE, arg=str(HUGE)).pack()
    assert len(packed.encode()) <= 64
    assert Tap.unpack(packed).do is do
    if do not in {Do.ASSIGN_TO, Do.COURIER_IS, Do.LATE_BY, Do.AS_AGREED, Do.ASKED, Do.PROOF_IS}:
        assert RU.plain(f"do-{do.value}")
        assert EN.plain(f"do-{do.value}")


def test_the_other_callbacks_fit() -> None:
    packed = [BoardTap(day=day, section=section, page=HUGE).pack() for day in Day for section in Section]
    packed += [
        TeamTap(do=do, shop=2**31 - 1, id=HUGE, arg=Role.DIRECTOR.value, page=1_000_000).pack()
        for do in TeamDo
    ]
    packed += [PhotoFor(photo=HUGE, order=HUGE).pack()]
    packed.append(Answer(index=-1).pack())
    assert max(len(data.encode()) for data in packed) <= 64


def test_no_two_kinds_of_buttons_begin_alike() -> None:
    for module in walk_packages(messages.__path__, "messages."):
        import_module(module.name)
    prefixes = sorted(kind.__prefix__ for kind in CallbackData.__subclasses__())
    assert len(prefixes) > 30
    assert prefixes == sorted(set(prefixes))
