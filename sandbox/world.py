"""The sandbox's state in memory: Telegram, marketplace and event log."""

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
    """The whole state, which `reset` replaces. `clock`, in seconds, drives the rate limits."""

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
        """Reset: no messages, no orders, no started chats, no faults, limits as configured.

        `config` replaces the configuration, for the same bot.

        The bot keeps running, so its webhook, commands and names are kept. Ids of updates and events
        continue, so that readers cannot mistake new ones for old ones.
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
        """Stop background work."""
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
"""Restarts the demo in the given language; absent in a sandbox without a demo."""
