"""Tracks whether the marketplace is reachable and opens its orders, by the results of all calls (X13).

It observes the calls of intake, polling and steps. It reports lasting troubles and their end to the
directors, and wakes its subscribers when the marketplace works again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from flowwow.api.client import SellerApi, Tried
from flowwow.api.errors import (
    Forbidden,
    MarketplaceError,
    NotFound,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
)
from services.health.troubles import TroubleKind, Troubles

UNREACHABLE = 20.0
"""Seconds of failures without a success after which the marketplace counts as unreachable."""
LIMITED = 150.0
"""The same for rate limiting (429); an ordinary limit ends sooner."""
FLAPPING = 600.0
"""Seconds after the end of a trouble within which another one of its kind counts as recurring."""
SETTLED = 300.0
"""Seconds of success after which a recurring trouble has ended."""
AGAIN = 15.0
"""Seconds between two attempts to find out what exactly is refused."""

NO_ORDERS = (
    "this token opens no orders: ask the marketplace's support to open the seller API for orders (a beta) "
    "to this shop; until then paste or forward each order to the bot"
)

_ORDERS = "orders/"
_READS = frozenset({"orders/list", "orders/view"})

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Refusals:
    """The current refusals. Reads are kept by shop, because a token may open one shop and not another."""

    reads: dict[int | None, MarketplaceError] = field(default_factory=dict)
    lists: dict[int | None, MarketplaceError] = field(default_factory=dict)
    """Shops whose list could not be read, as reported by the polling."""
    steps: MarketplaceError | None = None
    token_is_good: bool | None = None
    """Whether the token is valid for any call; None while that is not known."""

    @property
    def shops(self) -> tuple[int, ...]:
        return tuple(sorted(shop for shop in {*self.reads, *self.lists} if shop is not None))

    @property
    def why(self) -> str:
        found = next(iter((*self.reads.values(), *self.lists.values())), None)
        return str(found) or type(found).__name__


class Reach:
    """The `Watch` of a `SellerApi`; reports the marketplace's troubles."""

    def __init__(self, troubles: Troubles, steady: Callable[[], float] = time.monotonic) -> None:
        self._troubles = troubles
        self._steady = steady
        self._down_since: float | None = None
        self._refused = _Refusals()
        self._ended: dict[TroubleKind, float] = {}
        self._well_since: dict[TroubleKind, float] = {}
        self._came_back: set[TroubleKind] = set()
        """Recurring troubles, whose end is reported only after `SETTLED` seconds of success."""
        self._recovered: list[asyncio.Event] = []
        self.unclear = asyncio.Event()
        """Set while it is not known whether the marketplace refuses the token or only orders."""

    def subscribe(self) -> asyncio.Event:
        """Returns an event that is set when the marketplace works again; the subscriber clears it."""
        event = asyncio.Event()
        self._recovered.append(event)
        return event

    def failed(self, tried: Tried, error: MarketplaceError) -> None:
        """Record a failed attempt of a call."""
        if isinstance(error, Unavailable | RateLimited):
            self._unreachable(tried, error)
            return
        self._reached()
        if isinstance(error, Unauthorized | Forbidden) and tried.path.startswith(_ORDERS):
            if tried.path in _READS:
                self._refused.reads[tried.shop_id] = error
                self._ask()
            else:
                self._refused.steps = error
        self._report()

    def worked(self, tried: Tried) -> None:
        """Record a successful attempt of a call."""
        was_refused = bool(self._refused.reads) or self._refused.steps is not None
        self._reached()
        if tried.path in _READS:
            self._refused.reads.pop(tried.shop_id, None)
            if isinstance(self._refused.steps, Unauthorized):
                self._refused.steps = None
        elif tried.path.startswith(_ORDERS):
            self._refused.steps = None
        self._report()
        if was_refused and not self._refused.reads and self._refused.steps is None:
            self._wake()

    def list_refused(self, shop_id: int, error: MarketplaceError) -> None:
        """Record that the marketplace refuses to list a shop's orders, which a retry does not fix."""
        self._refused.lists[shop_id] = error
        self._ask()
        self._report()

    def list_read(self, shop_id: int) -> None:
        """Record that all orders of a shop were listed."""
        self._refused.lists.pop(shop_id, None)
        self._report()

    def found_out(self, *, token_is_good: bool) -> None:
        """Record whether the token is valid for any call."""
        self._refused.token_is_good = token_is_good
        self.unclear.clear()
        self._report()

    def _ask(self) -> None:
        if self._refused.token_is_good is None:
            self.unclear.set()

    def _unreachable(self, tried: Tried, error: Unavailable | RateLimited) -> None:
        now = self._steady()
        if self._down_since is None:
            self._down_since = now - tried.seconds
        self._well_since.pop(TroubleKind.MARKETPLACE, None)
        lasts = LIMITED if isinstance(error, RateLimited) else UNREACHABLE
        if now - self._down_since >= lasts:
            self._stands(TroubleKind.MARKETPLACE, str(error))

    def _reached(self) -> None:
        """Records that the marketplace responded, with success or error."""
        down_since, self._down_since = self._down_since, None
        self._over(TroubleKind.MARKETPLACE)
        if down_since is not None and self._steady() - down_since >= UNREACHABLE:
            log.info("marketplace_reached_again")
            self._wake()

    def _report(self) -> None:
        refused = self._refused
        is_refused = bool(refused.reads or refused.lists)
        if not is_refused:
            refused.token_is_good = None
            self.unclear.clear()
        shops = ", ".join(map(str, refused.shops))
        if is_refused and refused.token_is_good:
            self._stands(TroubleKind.MARKETPLACE_ORDERS, f"{NO_ORDERS} ({refused.why})", shops)
        else:
            self._over(TroubleKind.MARKETPLACE_ORDERS)
        if (is_refused and refused.token_is_good is False) or refused.steps is not None:
            self._stands(TroubleKind.MARKETPLACE_TOKEN, str(refused.steps or refused.why))
        else:
            self._over(TroubleKind.MARKETPLACE_TOKEN)

    def _stands(self, kind: TroubleKind, why: str, about: str = "") -> None:
        self._well_since.pop(kind, None)
        if kind not in self._troubles.standing():
            ended = self._ended.get(kind)
            came_back = ended is not None and self._steady() - ended < FLAPPING
            self._came_back = self._came_back - {kind} | ({kind} if came_back else set())
            self._troubles.report(kind, why, about)

    def _over(self, kind: TroubleKind) -> None:
        """Ends a trouble; a recurring one only after `SETTLED` seconds of success."""
        if kind not in self._troubles.standing():
            return
        now = self._steady()
        well_since = self._well_since.setdefault(kind, now)
        if kind not in self._came_back or now - well_since >= SETTLED:
            self._ended[kind] = now
            self._troubles.over(kind)

    def _wake(self) -> None:
        for event in self._recovered:
            event.set()


@dataclass(frozen=True, slots=True)
class Link:
    """The client of the marketplace, and the watch of its calls."""

    api: SellerApi
    reach: Reach


class AccessCheck:
    """Finds out whether a refused token is invalid, or opens shops but no orders."""

    def __init__(self, link: Link) -> None:
        self._api = link.api
        self._reach = link.reach

    async def run(self) -> None:
        """Check the token after each refusal, until cancelled."""
        while True:
            await self._reach.unclear.wait()
            await self.step()
            if self._reach.unclear.is_set():
                await asyncio.sleep(AGAIN)

    async def step(self) -> None:
        """Check the token once; the result stays unknown when the marketplace does not respond."""
        try:
            await self._api.shops(limit=1)
        except (Unauthorized, Forbidden):
            self._reach.found_out(token_is_good=False)
        except (Rejected, NotFound):  # the token was accepted
            self._reach.found_out(token_is_good=True)
        except MarketplaceError as error:
            log.warning("access_not_checked", why=str(error))
        else:
            self._reach.found_out(token_is_good=True)
