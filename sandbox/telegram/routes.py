"""`/bot<token>/<method>` and `/file/bot<token>/<path>` over HTTP."""

import json

from aiohttp import web

from sandbox.faults.plan import Fault, Section
from sandbox.faults.serving import Call, Refusals, bad_gateway, respond
from sandbox.telegram.api import call
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.limits import too_many_requests
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.state import Telegram
from sandbox.world import WORLD

MAX_REQUEST_BYTES = 55 * 1024 * 1024
_UNAUTHORIZED = ApiError(401, "Unauthorized")
_REFUSALS: Refusals = {
    Fault.TOO_MANY_REQUESTS: lambda: _refused(too_many_requests(1)),
    Fault.SERVER_ERROR: lambda: _refused(ApiError(500, "Internal Server Error")),
    Fault.BAD_GATEWAY: bad_gateway,
}


def add_routes(app: web.Application) -> None:
    """Serve the Bot API."""
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", handle_method)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", handle_file)


async def handle_method(request: web.Request) -> web.Response:
    """Answer one call of the bot, applying its fault if any."""
    world, name = request.app[WORLD], request.match_info["method"]
    if request.match_info["token"] != world.config.bot_token:
        return _refused(_UNAUTHORIZED)
    try:
        params = await _params(request)
    except ApiError as error:
        return _refused(error)
    except web.HTTPRequestEntityTooLarge:
        return _refused(ApiError(413, "Request Entity Too Large"))
    called = Call(Section.BOT_API, name)
    return await respond(
        request, world.faults, called, lambda: _answer(world.telegram, name, params), _REFUSALS
    )


async def _answer(telegram: Telegram, name: str, params: Params) -> web.Response:
    try:
        return web.json_response({"ok": True, "result": await call(telegram, name, params)})
    except ApiError as error:
        return _refused(error)


def _refused(error: ApiError) -> web.Response:
    return web.json_response(error.as_json(), status=error.code)


async def handle_file(request: web.Request) -> web.Response:
    """Serve the bytes of a file to the bot."""
    telegram = request.app[WORLD].telegram
    if request.match_info["token"] != telegram.config.bot_token:
        return web.json_response(_UNAUTHORIZED.as_json(), status=401)
    file = telegram.files.at(request.match_info["path"])
    if file is None:
        return web.json_response(ApiError(404, "Not Found").as_json(), status=404)
    return web.Response(body=file.data, content_type="application/octet-stream")


async def _params(request: web.Request) -> Params:
    values: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        return Params(values | await _json_object(request))
    form = await request.post()
    uploads: dict[str, Upload] = {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            with value.file:
                uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            values[name] = value
    return Params(values, uploads)


async def _json_object(request: web.Request) -> dict[str, object]:
    body = await request.read()
    try:
        parsed = json.loads(body or b"{}")
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request JSON object")
    return parsed
