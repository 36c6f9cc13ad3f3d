"""What goes wrong how often: the plan of faults, as `POST /control/faults` takes it."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

EVERY_METHOD = "*"
POLLING = "getupdates"
Rate = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0)]


class Section(StrEnum):
    """Where faults are made."""

    BOT_API = "bot_api"
    UPDATES = "updates"
    MARKETPLACE = "marketplace"
    WEBHOOKS = "webhooks"


class Fault(StrEnum):
    """What goes wrong; "before" and "after" the effect of the call, which "after" is done all the same."""

    TOO_MANY_REQUESTS = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    SLOW = "slow"
    DOUBLE = "double"
    REORDER = "reorder"
    DROP_ANSWER = "drop_answer"
    LOSE = "lose"


class _Rates(BaseModel):
    """Shares of calls (0..1) that meet each fault; a call meets one at most."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def rates(self) -> dict[Fault, float]:
        """Give the faults that can happen, with their shares."""
        values = self.model_dump(by_alias=True)
        return {fault: values[fault] for fault in Fault if values.get(fault)}

    @model_validator(mode="after")
    def _at_most_all(self) -> Self:
        if sum(self.rates().values()) > 1:
            raise ValueError("the shares together are more than 1")
        return self


class CallFaults(_Rates):
    """Faults of calls over HTTP: refused, hung and closed, cut off, slow."""

    too_many_requests: Rate = Field(default=0, alias="429")
    server_error: Rate = Field(default=0, alias="500")
    bad_gateway: Rate = Field(default=0, alias="502")
    timeout_before: Rate = 0
    timeout_after: Rate = 0
    drop_before: Rate = 0
    drop_after: Rate = 0
    slow: Rate = 0
    slow_seconds: Seconds = 0.3


class UpdateFaults(_Rates):
    """Updates that come a second time after they were confirmed, or after the next one.

    An update that no other follows within `late_seconds` comes then: late, but it comes.
    """

    double: Rate = 0
    reorder: Rate = 0
    late_seconds: Seconds = 0.3


class WebhookFaults(_Rates):
    """Webhooks that come twice, whose answer is lost so that they come again, or that never come."""

    double: Rate = 0
    drop_answer: Rate = 0
    lose: Rate = 0


class FaultPlan(BaseModel):
    """The whole plan; the empty one makes no faults.

    `methods` names the methods of the Bot API that meet faults, "*" means all; without it all but getUpdates.
    `timeout_seconds` is how long a connection hangs before it is closed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = 0
    timeout_seconds: Seconds = 30
    methods: list[str] | None = None
    bot_api: CallFaults = CallFaults()
    updates: UpdateFaults = UpdateFaults()
    marketplace: CallFaults = CallFaults()
    webhooks: WebhookFaults = WebhookFaults()

    def rates(self, section: Section) -> dict[Fault, float]:
        """Give the faults of a section with their shares."""
        by_section: dict[Section, _Rates] = {
            Section.BOT_API: self.bot_api,
            Section.UPDATES: self.updates,
            Section.MARKETPLACE: self.marketplace,
            Section.WEBHOOKS: self.webhooks,
        }
        return by_section[section].rates()

    def slow_seconds(self, section: Section) -> float:
        """How long a slow call of a section takes more."""
        return (self.bot_api if section is Section.BOT_API else self.marketplace).slow_seconds

    def concerns(self, method: str) -> bool:
        """Tell whether a method of the Bot API may meet faults; the case of its name does not matter."""
        if self.methods is None:
            return method.lower() != POLLING
        named = {name.lower() for name in self.methods}
        return EVERY_METHOD in named or method.lower() in named
