"""`/control/limits`, `faults`, `lacks` and `updates`: simulated problems for the bot."""

from collections import Counter
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from sandbox.config import Limits
from sandbox.control.context import json_body, telegram_of
from sandbox.faults.injector import Faults
from sandbox.faults.plan import FaultPlan
from sandbox.telegram.limits import RateLimits
from sandbox.telegram.older_server import Lacks
from sandbox.telegram.people import CannotError
from sandbox.world import WORLD

Model = TypeVar("Model", bound=BaseModel)


async def limits(request: web.Request) -> web.Response:
    """Show the limits, and the messages and refused calls counted since the limits were set or the reset."""
    return web.json_response(_limits_json(telegram_of(request).limits))


async def set_limits(request: web.Request) -> web.Response:
    """Set the limits; omitted ones are removed. Resets windows and counts."""
    found = telegram_of(request).limits
    found.follow(_read(Limits, await json_body(request)))
    return web.json_response(_limits_json(found))


async def faults(request: web.Request) -> web.Response:
    """Show the plan and how often each fault occurred."""
    return web.json_response(_faults_json(request.app[WORLD].faults))


async def set_faults(request: web.Request) -> web.Response:
    """Start a plan; an empty object ends all faults. Resets the counts."""
    found = request.app[WORLD].faults
    found.follow(_read(FaultPlan, await json_body(request)))
    return web.json_response(_faults_json(found))


async def set_lacks(request: web.Request) -> web.Response:
    """Emulate an older Bot API server; an empty object restores the newest one."""
    telegram = telegram_of(request)
    telegram.lacks = _read(Lacks, await json_body(request))
    return web.json_response(telegram.lacks.model_dump(mode="json"))


async def unconfirmed_updates(request: web.Request) -> web.Response:
    """Show how many updates the bot has not confirmed."""
    return web.json_response({"unconfirmed": len(telegram_of(request).updates)})


async def raw_updates(request: web.Request) -> web.Response:
    """Queue raw updates, such as a newer Bot API would send."""
    raws = (await json_body(request)).get("updates")
    if not isinstance(raws, list):
        raise CannotError("updates: a list is needed", 400)
    queue = telegram_of(request).updates
    return web.json_response({"update_ids": [queue.add_raw(raw) for raw in raws]})


def _limits_json(found: RateLimits) -> dict[str, Any]:
    return {
        "limits": found.limits.model_dump(),
        "counted": _counts(found.counted),
        "refused": _counts(found.refused),
    }


def _counts(counter: Counter[int]) -> dict[str, Any]:
    chats = {str(chat_id): count for chat_id, count in counter.items()}
    return {"all": counter.total(), "chats": chats}


def _faults_json(found: Faults) -> dict[str, Any]:
    return {"plan": found.plan.model_dump(by_alias=True), "made": found.counts()}


def _read(model: type[Model], body: dict[str, Any]) -> Model:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        wrong = (f"{'.'.join(map(str, each['loc'])) or 'all'}: {each['msg']}" for each in error.errors())
        raise CannotError("; ".join(wrong), 400) from None
