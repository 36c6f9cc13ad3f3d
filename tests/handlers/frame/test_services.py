"""Handlers get each service by the name and type of a parameter."""

from __future__ import annotations

import pytest
from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.frame.services import WrongParameter, check_parameters
from handlers.routers import MODULES
from services.order.desk import Desk
from services.support.guide import Guide


class _Guided(Filter):
    async def __call__(self, _event: Message, guide: Guide) -> bool:
        return bool(guide)


class _Misguided(Filter):
    async def __call__(self, _event: Message, desk: Guide) -> bool:
        return bool(desk)


async def _asks_well(message: Message, desk: Desk, guide: Guide) -> None: ...


async def _misnames(message: Message, counter: Desk) -> None: ...


async def _mistakes(message: Message, desk: Guide) -> None: ...


def router(handler: object, *filters: Filter) -> Router:
    made = Router()
    made.message.register(handler, *filters)  # type: ignore[arg-type] # any of the functions above
    return made


def test_all_handlers_get_what_they_ask_for() -> None:
    check_parameters([router(_asks_well, _Guided()), *(module.router for module in MODULES)])


@pytest.mark.parametrize(
    ("handler", "filters"),
    [(_misnames, []), (_mistakes, []), (_asks_well, [_Misguided()])],
    ids=["another name", "another type", "a filter's type"],
)
def test_a_parameter_that_would_not_get_its_service_stops_the_start(
    handler: object, filters: list[Filter]
) -> None:
    outer = Router()
    outer.include_router(router(handler, *filters))
    with pytest.raises(WrongParameter, match=r": (desk|counter)$"):
        check_parameters([outer])
