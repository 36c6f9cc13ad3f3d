"""The whole sandbox in memory: Telegram, marketplace and the log of events."""

from aiohttp import web

from sandbox.config import Group, Person, SandboxConfig, Shop, demo_config
from sandbox.events import EventLog
from sandbox.marketplace.market import Market
from sandbox.telegram.state import Telegram
from sandbox.telegram.webhook import restart_delivery, stop_delivery

__all__ = ["WORLD", "Group", "Person", "SandboxConfig", "Shop", "World", "demo_config"]


class World:
    """Everything that exists; a reset makes it anew."""

    def __init__(self, config: SandboxConfig) -> None:
        self.config = config
        self.events = EventLog()
        self.telegram = Telegram(config, self.events)
        self.market = Market(config, self.events)

    async def reset(self) -> None:
        """Start over: no messages, no orders, nobody has pressed Start.

        What the bot told about itself (webhook, commands, names) stays, since the bot goes on running; ids of
        updates and events go on, so that nobody who follows them takes new ones for old.
        """
        old = self.telegram
        await self._stop()
        old.updates.clear()
        self.telegram = Telegram(
            self.config, self.events, updates=old.updates, profile=old.profile, webhook=old.webhook
        )
        self.market = Market(self.config, self.events)
        restart_delivery(self.telegram)
        self.events.add("reset", {})

    async def close(self) -> None:
        """End background work."""
        self.events.close()
        await self._stop()
        self.telegram.updates.interrupt_poll("terminated by the end of the sandbox")

    async def _stop(self) -> None:
        await stop_delivery(self.telegram)
        await self.market.close()


WORLD = web.AppKey("world", World)
