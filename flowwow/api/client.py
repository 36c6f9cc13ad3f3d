"""The client of the marketplace's seller API over HTTP: the calls that the bot uses, errors and retries."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import structlog
from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from pydantic import Field
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from flowwow.api.errors import (
    Forbidden,
    MarketplaceError,
    NotFound,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
)
from flowwow.api.lenient import Code, Doubts, Lenient, NotJson, Number, Text, load_json, read
from services.db.fence import fenced_requests
from storage.db.leader import Leader

log = structlog.get_logger(__name__)

T = TypeVar("T")

_SHORTEST_LIMIT_PAUSE = 5.0
_BY_STATUS: Mapping[int, type[Unauthorized | Forbidden | NotFound]] = {
    HTTPStatus.UNAUTHORIZED: Unauthorized,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: NotFound,
}


@dataclass(frozen=True, slots=True)
class Patience:
    """The retry policy of reads; times in seconds. The marketplace may take a minute to respond.

    A 429 that asks for a longer pause than `longest_pause` is raised at once.
    """

    attempts: int = 3
    timeout: float = 60
    first_pause: float = 0.5
    longest_pause: float = 60


USUAL_PATIENCE = Patience()


class SellerShop(Lenient):
    """A shop that the token opens, as the marketplace lists it."""

    id: Number | None = Field(None, alias="shopId")
    name: Text = ""
    status: Text = ""
    currency: Text = ""
    is_verified: bool | None = Field(None, alias="isVerified")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list of shops, and the length of the whole list."""

    items: tuple[SellerShop, ...]
    total: int


class _Shops(Lenient):
    shops: tuple[Any, ...] = ()
    total: Code = 0


@dataclass(frozen=True, slots=True)
class OrderPage:
    """One page of raw order objects, and the length of the whole list; 0 where the response lacks it."""

    items: tuple[dict[str, Any], ...]
    total: int


class _Orders(Lenient):
    items: tuple[Any, ...] = ()
    total: Code = 0


class _FailedField(Lenient):
    path: Text = ""
    messages: tuple[Any, ...] = ()


class _Failure(Lenient):
    """The body of an error response, as far as it can be parsed."""

    message: Text = ""
    fields_: tuple[Any, ...] = Field((), alias="fields")

    @property
    def wrong(self) -> list[tuple[str, str]]:
        items = [read(_FailedField, item, "fields", Doubts()) for item in self.fields_]
        return [(item.path, str(message)) for item in items for message in item.messages]


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt of a call: its path below `/apiseller/`, its shop, and its duration in seconds."""

    path: str
    shop_id: int | None
    seconds: float


class Watch(Protocol):
    """Observes the result of each attempt of all calls."""

    def failed(self, tried: Tried, error: MarketplaceError) -> None: ...

    def worked(self, tried: Tried) -> None: ...


class SellerApi:
    """A session with the marketplace for one token. Use it as an async context manager.

    Every call raises a MarketplaceError when it fails; reads are retried where that may help. `on_error` gets
    each failed attempt, `watch` every attempt. While this process is not the leader, calls raise NotLeading
    and send nothing.
    """

    def __init__(
        self,
        base_url: str,
        token: str,
        patience: Patience = USUAL_PATIENCE,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        on_error: Callable[[MarketplaceError], None] | None = None,
        watch: Watch | None = None,
        leader: Leader | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._patience = patience
        self._sleep = sleep
        self._on_error = on_error
        self._watch = watch
        self._leader = leader or Leader()
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(
            headers={"Authorization": f"Bearer {self._token}", "Accept": "application/json"},
            timeout=ClientTimeout(total=self._patience.timeout),
            request_class=fenced_requests(self._leader),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def ping(self, say: str = "hello") -> str:
        """Check that the marketplace responds; needs no token. `say="error401"` provokes that error."""
        answer = await self._read("GET", "ping/check", query={"say": say})
        return str(answer.get("say", ""))

    async def shops(self, status: str = "active", page: int = 0, limit: int = 50) -> Page:
        """Returns a page of the shops of this token; fails when the token is not valid. Pages start at 0."""
        answer = await self._read("POST", "shops", body={"status": status, "page": page, "limit": limit})
        doubts = Doubts()
        listed = read(_Shops, answer, "", doubts)
        shops = [read(SellerShop, one, f"shops[{n}]", doubts) for n, one in enumerate(listed.shops)]
        if doubts.names:
            log.warning("shops partly unreadable", fields=doubts.names)
        return Page(tuple(shops), listed.total)

    async def view(self, shop_id: int, order_id: int) -> dict[str, Any]:
        """Returns the current raw object of an order."""
        return await self._read("GET", "orders/view", query={"shopId": shop_id, "orderId": order_id})

    async def accept(self, order_id: int) -> None:
        """Accept the order. Like all changes it is not retried: after `Unavailable`, view the order first."""
        await self._change("accept", order_id)

    async def courier_left(self, order_id: int) -> None:
        """Report that the courier has left with the order."""
        await self._change("courierLeft", order_id)

    async def finish(self, order_id: int) -> None:
        """Report that the order is completed."""
        await self._change("finish", order_id)

    async def _change(self, call: str, order_id: int) -> None:
        """Sends a change. Ignores the body of a successful response, whose format is not known."""
        await self._try("POST", f"orders/{call}", None, {"orderId": order_id}, _unread)

    async def list_orders(self, shop_id: int, page: int, limit: int = 100, **filters: str | int) -> OrderPage:
        """Returns one page of a shop's orders, `limit` 1 to 100. For the first page see flowwow/api/pages.py.

        `filters` have the marketplace's names: `createdDate`, `deliveryDateFrom`, `status`, ...
        """
        query = {"shopId": shop_id, "page": page, "limit": limit, **filters}
        answer = await self._try_often("GET", "orders/list", query, None, _list_of_orders)
        doubts = Doubts()
        listed = read(_Orders, answer, "", doubts)
        orders = tuple(one for one in listed.items if isinstance(one, dict))
        if doubts.names or len(orders) < len(listed.items):
            log.warning("orders partly unreadable", fields=doubts.names, lost=len(listed.items) - len(orders))
        return OrderPage(orders, listed.total)

    async def repeatable(
        self, method: str, path: str, *, query: Mapping[str, str | int], body: Mapping[str, object]
    ) -> dict[str, Any]:
        """Make an idempotent call, which sets a desired state; it is retried like a read."""
        return await self._read(method, path, query, body)

    async def _read(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        return await self._try_often(method, path, query, body, _object)

    async def _try_often(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, object] | None,
        understand: Callable[[bytes], T],
    ) -> T:
        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self._patience.attempts),
            retry=retry_if_exception(self._is_worth_another_try),
            wait=self._pause,
            before_sleep=_log_retry,
            reraise=True,
        )
        return await retrying(self._try, method, path, query, body, understand)

    def _is_worth_another_try(self, error: BaseException) -> bool:
        if isinstance(error, RateLimited):
            return error.retry_after <= self._patience.longest_pause
        return isinstance(error, Unavailable)

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RateLimited):
            return error.retry_after
        first, longest = self._patience.first_pause, self._patience.longest_pause
        return (wait_exponential(multiplier=first, max=longest) + wait_random(0, first))(state)

    async def _try(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, object] | None,
        understand: Callable[[bytes], T],
    ) -> T:
        begun = time.monotonic()
        try:
            answer = understand(await self._once(method, path, query, body))
        except MarketplaceError as error:
            if self._on_error is not None:
                self._on_error(error)
            if self._watch is not None:
                self._watch.failed(_tried(path, query, begun), error)
            raise
        if self._watch is not None:
            self._watch.worked(_tried(path, query, begun))
        return answer

    async def _once(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None,
        body: Mapping[str, object] | None,
    ) -> bytes:
        if self._session is None:
            raise RuntimeError("SellerApi is used outside its context")
        await self._leader.confirm()
        url = f"{self._base_url}/apiseller/{path}"
        try:
            # Following a redirect would send the token to another server.
            async with self._session.request(
                method, url, params=query, json=body, allow_redirects=False
            ) as response:
                content = await response.read()
        except TimeoutError as error:
            raise Unavailable("no answer in time") from error
        except (ClientError, OSError) as error:
            raise Unavailable(self._without_token(f"{type(error).__name__}: {error}")) from error
        if response.status < HTTPStatus.MULTIPLE_CHOICES:
            return content
        raise self._failure(response, content)

    def _failure(self, response: ClientResponse, content: bytes) -> MarketplaceError:
        status = response.status
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(_limit_pause(response.headers.get("x-rate-limit-reset", "")))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.BAD_REQUEST:
            return Unavailable(f"answer {status}")
        failure = _failure_body(content)
        message = self._without_token(failure.message)
        if status in _BY_STATUS:
            return _BY_STATUS[status](message)
        fields = [(self._without_token(path), self._without_token(what)) for path, what in failure.wrong]
        return Rejected(status, message, fields)

    def _without_token(self, text: str) -> str:
        return text.replace(self._token, "***") if self._token else text


def _tried(path: str, query: Mapping[str, str | int] | None, begun: float) -> Tried:
    shop_id = (query or {}).get("shopId")
    return Tried(path, shop_id if isinstance(shop_id, int) else None, time.monotonic() - begun)


def _limit_pause(reset: str) -> float:
    """Seconds to wait after a 429: the header's value plus one, at least five."""
    try:
        named = float(reset)
    except ValueError:
        return _SHORTEST_LIMIT_PAUSE
    if not math.isfinite(named):
        return _SHORTEST_LIMIT_PAUSE
    return max(_SHORTEST_LIMIT_PAUSE, named + 1)


def _unread(_content: bytes) -> None:
    return None


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = load_json(content)
    except NotJson as error:
        raise Unavailable("the answer is not JSON") from error
    if not isinstance(found, dict):
        raise Unavailable("the answer is not a JSON object")
    return found


def _list_of_orders(content: bytes) -> dict[str, Any]:
    """Rejects an object without items: treated as an empty list, it would hide every order (X13)."""
    found = _object(content)
    if not isinstance(found.get("items"), list) and found.get("total") != 0:
        raise Unavailable("the answer holds no list of orders")
    return found


def _failure_body(content: bytes) -> _Failure:
    try:
        return read(_Failure, load_json(content), "error", Doubts())
    except NotJson:
        return _Failure.model_validate({})


def _log_retry(state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    pause = state.next_action.sleep if state.next_action else 0
    log.warning("marketplace call failed, trying again", call=state.args[1], error=str(error), pause=pause)
