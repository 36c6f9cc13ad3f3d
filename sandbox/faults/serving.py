"""Answers a call over HTTP with the fault it has drawn."""

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
    """A call that may meet a fault: where, and the name its faults are drawn and counted by."""

    section: Section
    name: str


async def respond(
    request: web.Request, faults: Faults, call: Call, answer: Respond, refusals: Refusals
) -> web.Response:
    """Do the call, or what its fault makes of it; `refusals` are the answers that stand for doing nothing."""
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
    """Answer as a proxy does whose server is away: a page, no JSON."""
    page = (
        "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
        "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return web.Response(status=502, text=page, content_type="text/html")


def _cut(request: web.Request) -> web.Response:
    """Close the connection; what is returned goes nowhere."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()
