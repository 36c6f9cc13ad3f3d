"""`/bot<token>/<method>` and `/file/bot<token>/<path>` over HTTP."""

import json

from aiohttp import web

from sandbox.telegram.api import call
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.params import Params, Upload
from sandbox.world import WORLD

MAX_REQUEST_BYTES = 55 * 1024 * 1024
_UNAUTHORIZED = ApiError(401, "Unauthorized")


def add_routes(app: web.Application) -> None:
    """Serve the Bot API."""
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", handle_method)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", handle_file)


async def handle_method(request: web.Request) -> web.Response:
    """Answer one call of a bot."""
    telegram = request.app[WORLD].telegram
    try:
        if request.match_info["token"] != telegram.config.bot_token:
            raise _UNAUTHORIZED
        params = await _params(request)
        result = await call(telegram, request.match_info["method"], params)
    except ApiError as error:
        return web.json_response(error.as_json(), status=error.code)
    except web.HTTPRequestEntityTooLarge:
        too_large = ApiError(413, "Request Entity Too Large")
        return web.json_response(too_large.as_json(), status=too_large.code)
    return web.json_response({"ok": True, "result": result})


async def handle_file(request: web.Request) -> web.Response:
    """Give the bytes of a file to the bot."""
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
