import io
import json

import aiohttp

from tests.sandbox.tools import DIRECTOR, Sandbox

UNAUTHORIZED = {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox) -> None:
    for path in ("bot1:wrong/getMe", "file/bot1:wrong/photos/file_0.jpg"):
        async with sandbox.http.get(f"{sandbox.url}/{path}") as response:
            assert (response.status, await response.json()) == (401, UNAUTHORIZED)


async def test_an_unknown_method_is_not_found(sandbox: Sandbox) -> None:
    answer = await sandbox.call("makeCoffee")
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


async def test_method_names_ignore_case(sandbox: Sandbox) -> None:
    assert (await sandbox.result("GETME"))["username"] == "florist_demo_bot"


async def test_arguments_come_by_query_json_form_and_multipart(met: Sandbox) -> None:
    url = f"{met.api}/sendMessage"
    markup = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]})
    values = {"chat_id": str(DIRECTOR), "text": "привет", "reply_markup": markup}
    multipart = aiohttp.FormData(values, default_to_multipart=True)
    for request in (
        met.http.get(url, params=values),
        met.http.post(url, params=values),
        met.http.post(url, json=values),
        met.http.post(url, data=values),
        met.http.post(url, data=multipart),
    ):
        async with request as response:
            sent = (await response.json())["result"]
            assert (sent["text"], len(sent["reply_markup"]["inline_keyboard"])) == ("привет", 1)


async def test_a_body_that_is_not_a_json_object_is_refused(sandbox: Sandbox) -> None:
    for body in ("{", "[]"):
        headers = {"Content-Type": "application/json"}
        async with sandbox.http.post(f"{sandbox.api}/getMe", data=body, headers=headers) as response:
            assert response.status == 400
            assert (await response.json())["description"] == "Bad Request: can't parse request JSON object"


async def test_an_empty_json_body_is_fine(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json"}
    async with sandbox.http.post(f"{sandbox.api}/getMe", data=b"", headers=headers) as response:
        assert (await response.json())["ok"] is True


async def test_a_request_that_is_too_large_is_refused(met: Sandbox) -> None:
    form = aiohttp.FormData({"chat_id": str(DIRECTOR)})
    form.add_field("document", io.BytesIO(b"0" * (56 * 1024 * 1024)), filename="big.bin")
    async with met.http.post(f"{met.api}/sendDocument", data=form) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_log_out_and_close_are_accepted(sandbox: Sandbox) -> None:
    assert await sandbox.result("logOut") is True
    assert await sandbox.result("close") is True
