"""Answers HTTP calls with the faults drawn for them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from sandbox.faults.injector import Faults
from sandbox.faults.plan import Fault, Section

AFTER = {Fault.TIMEOUT_AFTER, Fault.DROP_AFTER}
HANGING = {Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER}

Respond = Callable[[], Awaitable[web.Response]]
Refusals = Mapping[Fault, Callable[[], web.Response]]


@dataclass(frozen=True)
class Call:
    """A call that may have a fault: its section, and the name under which faults are drawn and counted."""

    section: Section
    name: str


async def respond(
    request: web.Request, faults: Faults, call: Call, answer: Respond, refusals: Refusals
) -> web.Response:
    """Answer the call, or apply its fault; `refusals` are the error answers without any effect."""
    fault = faults.draw(call.section, call.name)
    if fault and fault in refusals:
        return refusals[fault]()
    if fault is Fault.SLOW:
        await asyncio.sleep(faults.plan.slow_seconds(call.section))
    if fault is None or fault is Fault.SLOW:
        return await answer()
    if fault in AFTER:
        await answer()
    if fault in HANGING:
        await faults.hang()
    return _cut(request)


def bad_gateway() -> web.Response:
    """Answer like a proxy whose upstream is down: an HTML page, no JSON."""
    page = (
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
        "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return web.Response(status=502, text=page, content_type="text/html")


def _cut(request: web.Request) -> web.Response:
    """Close the connection; the returned response is not sent."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()
