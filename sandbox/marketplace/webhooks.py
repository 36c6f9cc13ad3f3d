"""Signed webhooks, retried with identical bytes and growing pauses until a 2xx or the last attempt."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from sandbox.config import Shop
from sandbox.faults.injector import Faults
from sandbox.faults.plan import Fault, Section

SIGNATURE_HEADER = "X-Webhook-Signature"
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
ANSWER_SECONDS = 15


@dataclass(frozen=True)
class Answer:
    """The result of one attempt: an HTTP status, or None with the reason."""

    status: int | None
    text: str

    @property
    def taken(self) -> bool:
        """Whether the receiver accepted the webhook."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - the 2xx


ANSWER_LOST = Answer(None, "the answer was lost on its way")
NEVER_SENT = Answer(None, "the marketplace never sent it")


@dataclass
class Webhook:
    """One event; all attempts send the same body."""

    url: str
    body: bytes
    signature: str
    answers: list[Answer] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def about(cls, shop: Shop, body: dict[str, Any]) -> "Webhook":
        """Create a webhook with its signature."""
        data = json.dumps(body, ensure_ascii=False).encode()
        return cls(shop.webhook_url or "", data, signed(shop.webhook_secret, data))

    @property
    def event(self) -> str:
        """The event: order.paid or order.cancelled."""
        return str(json.loads(self.body)["event"])

    def as_json(self) -> dict[str, Any]:
        """Return the webhook for the control interface."""
        uuid = json.loads(self.body)["uuid"]
        statuses = [answer.status for answer in self.answers]
        return {"uuid": uuid, "event": self.event, "statuses": statuses}


def signed(secret: str, body: bytes) -> str:
    """Return the signature header for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def post_once(url: str, body: bytes, signature: str | None) -> Answer:
    """Post a body as a webhook, without retries."""
    headers = {"Content-Type": "application/json"}
    if signature is not None:
        headers[SIGNATURE_HEADER] = signature
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(url, data=body, headers=headers) as response,
        ):
            return Answer(response.status, await response.text())
    except (aiohttp.ClientError, TimeoutError) as error:
        return Answer(None, f"{type(error).__name__}: {error}")


class Courier:
    """Sends webhooks in the background. Faults send some twice, lose some answers, or lose the webhook."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, webhook: Webhook, tell: Callable[[], None]) -> None:
        """Start sending; calls `tell` after each answer."""
        if not webhook.url:
            return
        webhook.answered = asyncio.Event()
        task = asyncio.create_task(self._send(webhook, tell))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Cancel all pending deliveries."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    async def _send(self, webhook: Webhook, tell: Callable[[], None]) -> None:
        for pause in (*PAUSES, None):
            fault = self._faults.draw(Section.WEBHOOKS, webhook.event)
            if fault is Fault.LOSE:
                webhook.answers.append(NEVER_SENT)
                webhook.answered.set()
                tell()
                return
            answer = await self._try(webhook, tell, lost=fault is Fault.DROP_ANSWER)
            if answer.taken and fault is Fault.DOUBLE:
                await self._try(webhook, tell)
            if answer.taken or pause is None:
                return
            await asyncio.sleep(pause)

    async def _try(self, webhook: Webhook, tell: Callable[[], None], *, lost: bool = False) -> Answer:
        """Post once and record the answer, or ANSWER_LOST if `lost`."""
        answer = await post_once(webhook.url, webhook.body, webhook.signature)
        webhook.answers.append(ANSWER_LOST if lost else answer)
        webhook.answered.set()
        tell()
        return webhook.answers[-1]
