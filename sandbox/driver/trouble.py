"""Rate limits and faults, for tests."""

from typing import Any

from sandbox.driver.seen import FaultCounts, LimitCounts
from sandbox.driver.wire import Wire


class TroubleDriver:
    """Sets rate limits and faults, and reads their counts."""

    _wire: Wire

    async def limits(
        self,
        bot_per_second: int | None = None,
        chat_per_second: int | None = None,
        group_per_minute: int | None = None,
    ) -> None:
        """Set the rate limits, None for no limit; `limits(30, 1, 20)` are Telegram's. Resets the counts."""
        body = {
            "bot_per_second": bot_per_second,
            "chat_per_second": chat_per_second,
            "group_per_minute": group_per_minute,
        }
        await self._wire.post("limits", body)

    async def limit_counts(self) -> LimitCounts:
        """Return the numbers of accepted messages and refused calls, in total and by chat."""
        return LimitCounts.read(await self._wire.get("limits"))

    async def faults(
        self,
        seed: int = 0,
        **plan: Any,  # noqa: ANN401 - the plan's JSON
    ) -> None:
        """Start a plan: `faults(1, bot_api={"500": 0.1}, updates={"double": 0.05})`; `faults()` ends it."""
        await self._wire.post("faults", {"seed": seed, **plan})

    async def lacks(self, *features: str, refused: bool = True) -> None:
        """Emulate an older server that refuses or ignores these features; without features, a new one."""
        await self._wire.post("lacks", {"refused" if refused else "ignored": list(features)})

    async def raw_updates(self, *raws: object) -> list[int]:
        """Queue any JSON as updates and return their ids; objects without an id get one."""
        found: list[int] = (await self._wire.post("updates", {"updates": list(raws)}))["update_ids"]
        return found

    async def unconfirmed(self) -> int:
        """Return how many updates the bot has not confirmed."""
        return int((await self._wire.get("updates"))["unconfirmed"])

    async def fault_counts(self) -> FaultCounts:
        """Return the faults injected since the plan began."""
        return FaultCounts((await self._wire.get("faults"))["made"])
