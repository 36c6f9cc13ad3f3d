"""Draws faults by the plan: the same seed gives the n-th call of a method the same fate in every run."""

import asyncio
from collections import Counter
from random import Random

from sandbox.faults.plan import Fault, FaultPlan, Section

Counts = dict[str, dict[str, dict[str, int]]]


class Faults:
    """The faults of one sandbox: what is planned, what was made."""

    def __init__(self) -> None:
        self._ended = asyncio.Event()
        self.follow(FaultPlan())

    def follow(self, plan: FaultPlan) -> None:
        """Begin a plan; the counts begin anew and connections that hang are closed."""
        self.plan = plan
        self._rates = {section: plan.rates(section) for section in Section}
        self._made: Counter[tuple[Section, Fault, str]] = Counter()
        self._streams: dict[tuple[Section, str], Random] = {}
        self.release()

    def draw(self, section: Section, name: str) -> Fault | None:
        """Draw the fate of a call, an update or a webhook; None for the usual one."""
        if not self._rates[section] or (section is Section.BOT_API and not self.plan.concerns(name)):
            return None
        left = self._stream(section, name).random()
        for fault, rate in self._rates[section].items():
            left -= rate
            if left < 0:
                self._made[section, fault, name] += 1
                return fault
        return None

    def counts(self) -> Counts:
        """Count what was made: section -> fault -> name of the method, update or event."""
        shown: Counts = {section.value: {} for section in Section}
        for (section, fault, name), count in self._made.items():
            shown[section.value].setdefault(fault.value, {})[name] = count
        return shown

    async def hang(self) -> None:
        """Hold a connection as long as the plan says, at most until the plan ends."""
        try:
            async with asyncio.timeout(self.plan.timeout_seconds):
                await self._ended.wait()
        except TimeoutError:
            return

    def release(self) -> None:
        """Let all go that hang."""
        self._ended.set()
        self._ended = asyncio.Event()

    def _stream(self, section: Section, name: str) -> Random:
        """One stream of numbers for each name, so that no call changes the fate of calls of another kind."""
        key = (section, name.lower())
        if key not in self._streams:
            self._streams[key] = Random(f"{self.plan.seed}:{section}:{name.lower()}")  # noqa: S311 - a seeded plan, no secret
        return self._streams[key]
