"""The whole sandbox in memory: Telegram, marketplace and the log of events."""

import time
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.config import Group, Person, SandboxConfig, Shop, demo_config
from sandbox.events import EventLog
from sandbox.faults.injector import Faults
from sandbox.faults.plan import FaultPlan
from sandbox.marketplace.market import Market
from sandbox.telegram.limits import Clock
from sandbox.telegram.state import Telegram
from sandbox.telegram.updates import UpdateQueue
from sandbox.telegram.webhook import restart_delivery, stop_delivery

__all__ = ["RESTART", "WORLD", "Group", "Person", "SandboxConfig", "Shop", "World", "demo_config"]


class World:
    """Everything that exists; a reset makes it anew. `clock` is what the rate limits go by, in seconds."""

    def __init__(self, config: SandboxConfig, clock: Clock = time.monotonic) -> None:
        self.config = config
        self.clock = clock
        self.events = EventLog()
        self.faults = Faults()
        self.telegram = Telegram(config, self.events, UpdateQueue(self.faults), clock=clock)
        self.market = Market(config, self.events, self.faults)
        self.bot_is_up: bool | None = None
        """Whether the process of the bot runs and answers; None where nobody looks after it."""

    def tell_bot(self, *, is_up: bool) -> None:
        """Let the page say whether the bot is there to answer."""
        if is_up is not self.bot_is_up:
            self.bot_is_up = is_up
            self.events.add("bot", {"is_up": is_up})

    async def reset(self, config: SandboxConfig | None = None) -> None:
        """Start over: no messages, no orders, nobody has pressed Start, no faults, limits as configured.

        `config` is another world from now on, for the same bot.

        What the bot told about itself (webhook, commands, names) stays, since the bot goes on running; ids of
        updates and events go on, so that nobody who follows them takes new ones for old.
        """
        old = self.telegram
        self.config = config or self.config
        await self._stop()
        self.faults.follow(FaultPlan())
        old.updates.clear()
        self.telegram = Telegram(
            self.config,
            self.events,
            updates=old.updates,
            profile=old.profile,
            webhook=old.webhook,
            clock=self.clock,
        )
        self.market = Market(self.config, self.events, self.faults)
        restart_delivery(self.telegram)
        self.events.add("reset", {})

    async def close(self) -> None:
        """End background work."""
        self.events.close()
        self.faults.release()
        await self._stop()
        self.telegram.updates.interrupt_poll("terminated by the end of the sandbox")

    async def _stop(self) -> None:
        await stop_delivery(self.telegram)
        await self.market.close()


WORLD = web.AppKey("world", World)

Restart = Callable[[str], Awaitable[None]]
RESTART: web.AppKey[Restart] = web.AppKey("restart")
"""Begins the demo again, in this language; a sandbox alone has none."""
