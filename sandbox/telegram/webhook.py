"""Delivers updates to the bot's webhook in order, retrying each until it is accepted."""

import asyncio
import json
import time

import aiohttp

from sandbox.telegram.api import call
from sandbox.telegram.errors import ApiError
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram
from sandbox.telegram.updates import Update

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
ANSWER_SECONDS = 60
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


def restart_delivery(telegram: Telegram) -> None:
    """Apply the current webhook settings: stop a running delivery, and start one if a URL is set."""
    if telegram.delivery:
        telegram.delivery.cancel()
        telegram.delivery = None
    if telegram.webhook.url:
        telegram.delivery = asyncio.create_task(_deliver_all(telegram))


async def stop_delivery(telegram: Telegram) -> None:
    """Cancel the delivery and wait until it has ended."""
    if telegram.delivery:
        telegram.delivery.cancel()
        await asyncio.wait({telegram.delivery})
        telegram.delivery = None


async def _deliver_all(telegram: Telegram) -> None:
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        while True:
            update = await telegram.updates.first()
            pause = FIRST_PAUSE
            while not await _delivered(telegram, session, update):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            telegram.updates.taken(update)


async def _delivered(telegram: Telegram, session: aiohttp.ClientSession, update: Update) -> bool:
    webhook = telegram.webhook
    headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
    try:
        async with session.post(webhook.url, json=update.as_json(), headers=headers) as response:
            body = await response.text()
            problem = None if response.ok else f"Wrong response from the webhook: {response.status}"
    except (aiohttp.ClientError, TimeoutError) as error:
        problem, body = f"Connection failed: {error}", ""
    if problem:
        webhook.last_error_date, webhook.last_error_message = int(time.time()), problem
        return False
    await _call_in_answer(telegram, body)
    return True


async def _call_in_answer(telegram: Telegram, body: str) -> None:
    """Execute the call that a webhook's answer may contain; as in Telegram, its result is not returned."""
    try:
        values = json.loads(body)
    except ValueError:
        return
    if not isinstance(values, dict) or not isinstance(values.get("method"), str):
        return
    name = values.pop("method")
    try:
        await call(telegram, name, Params(values))
    except ApiError as error:
        telegram.events.add("refused", {"method": name, "description": error.description})
