"""Draws faults by the plan: with one seed, the n-th call of a method gets the same fault in every run."""

import asyncio
from collections import Counter
from random import Random

from sandbox.faults.plan import Fault, FaultPlan, Section

Counts = dict[str, dict[str, dict[str, int]]]


class Faults:
    """The faults of one sandbox: the plan and the counts."""

    def __init__(self) -> None:
        self._ended = asyncio.Event()
        self.follow(FaultPlan())

    def follow(self, plan: FaultPlan) -> None:
        """Start a plan; resets the counts and closes hanging connections."""
        self.plan = plan
        self._rates = {section: plan.rates(section) for section in Section}
        self._made: Counter[tuple[Section, Fault, str]] = Counter()
        self._streams: dict[tuple[Section, str], Random] = {}
        self.release()

    def draw(self, section: Section, name: str) -> Fault | None:
        """Draw the fault of a call, an update or a webhook; None for no fault."""
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
        """Return the counts: section -> fault -> name of the method, update or event -> count."""
        shown: Counts = {section.value: {} for section in Section}
        for (section, fault, name), count in self._made.items():
            shown[section.value].setdefault(fault.value, {})[name] = count
        return shown

    async def hang(self) -> None:
        """Keep a connection hanging for the plan's timeout, at most until the plan ends."""
        try:
            async with asyncio.timeout(self.plan.timeout_seconds):
                await self._ended.wait()
        except TimeoutError:
            return

    def release(self) -> None:
        """Release all hanging connections."""
        self._ended.set()
        self._ended = asyncio.Event()

    def _stream(self, section: Section, name: str) -> Random:
        """One random stream per name, so that calls of one kind do not affect those of another."""
        key = (section, name.lower())
        if key not in self._streams:
            self._streams[key] = Random(f"{self.plan.seed}:{section}:{name.lower()}")  # noqa: S311 - a seeded plan, no secret
        return self._streams[key]
