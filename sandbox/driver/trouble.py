"""Rate limits and faults, for tests."""

from typing import Any

from sandbox.driver.seen import FaultCounts, LimitCounts
from sandbox.driver.wire import Wire


class TroubleDriver:
    """Makes life hard for the bot, and tells how hard it was."""

    _wire: Wire

    async def limits(
        self,
        bot_per_second: int | None = None,
        chat_per_second: int | None = None,
        group_per_minute: int | None = None,
    ) -> None:
        """Set the rate limits, None for no limit: `limits(30, 1, 20)` are Telegram's. Counts begin anew."""
        body = {
            "bot_per_second": bot_per_second,
            "chat_per_second": chat_per_second,
            "group_per_minute": group_per_minute,
        }
        await self._wire.post("limits", body)

    async def limit_counts(self) -> LimitCounts:
        """Tell how many messages passed and how many calls were refused, in all and by chat."""
        return LimitCounts.read(await self._wire.get("limits"))

    async def faults(
        self,
        seed: int = 0,
        **plan: Any,  # noqa: ANN401 - the plan's JSON
    ) -> None:
        """Begin a plan: `faults(1, bot_api={"500": 0.1}, updates={"double": 0.05})`; `faults()` ends it."""
        await self._wire.post("faults", {"seed": seed, **plan})

    async def lacks(self, *features: str, refused: bool = True) -> None:
        """Become an older server that refuses these features, or passes them over; none: a new one."""
        await self._wire.post("lacks", {"refused" if refused else "ignored": list(features)})

    async def raw_updates(self, *raws: object) -> list[int]:
        """Queue any JSON as updates; gives their numbers, which objects without a number get."""
        found: list[int] = (await self._wire.post("updates", {"updates": list(raws)}))["update_ids"]
        return found

    async def unconfirmed(self) -> int:
        """Tell how many updates the bot has not confirmed."""
        return int((await self._wire.get("updates"))["unconfirmed"])

    async def fault_counts(self) -> FaultCounts:
        """Tell which faults were made since the plan began."""
        return FaultCounts((await self._wire.get("faults"))["made"])
