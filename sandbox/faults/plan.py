"""The plan of faults and their rates, as `POST /control/faults` accepts it."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

EVERY_METHOD = "*"
POLLING = "getupdates"
Rate = Annotated[float, Field(ge=0, le=1)]
Seconds = Annotated[float, Field(ge=0)]


class Section(StrEnum):
    """Where faults are injected."""

    BOT_API = "bot_api"
    UPDATES = "updates"
    MARKETPLACE = "marketplace"
    WEBHOOKS = "webhooks"


class Fault(StrEnum):
    """Kinds of faults. "before" means the call has no effect; "after" means its effect has happened."""

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
    """Shares of calls (0..1) with each fault; a call has at most one."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def rates(self) -> dict[Fault, float]:
        """Return the faults with a share above 0."""
        values = self.model_dump(by_alias=True)
        return {fault: values[fault] for fault in Fault if values.get(fault)}

    @model_validator(mode="after")
    def _at_most_all(self) -> Self:
        if sum(self.rates().values()) > 1:
            raise ValueError("the shares together are more than 1")
        return self


class CallFaults(_Rates):
    """Faults of HTTP calls: refused, hanging and then closed, dropped, slow."""

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
    """Updates sent again after they were confirmed, or sent after the next one.

    A reordered update that no other follows within `late_seconds` is sent then.
    """

    double: Rate = 0
    reorder: Rate = 0
    late_seconds: Seconds = 0.3


class WebhookFaults(_Rates):
    """Webhooks sent twice, sent again because the answer was lost, or never sent."""

    double: Rate = 0
    drop_answer: Rate = 0
    lose: Rate = 0


class FaultPlan(BaseModel):
    """The whole plan; an empty one has no faults.

    `methods` names the Bot API methods with faults, "*" means all; None means all but getUpdates.
    `timeout_seconds` is how long a hanging connection stays open.
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
        """Return the faults of a section with their shares."""
        by_section: dict[Section, _Rates] = {
            Section.BOT_API: self.bot_api,
            Section.UPDATES: self.updates,
            Section.MARKETPLACE: self.marketplace,
            Section.WEBHOOKS: self.webhooks,
        }
        return by_section[section].rates()

    def slow_seconds(self, section: Section) -> float:
        """The extra seconds of a slow call in a section."""
        return (self.bot_api if section is Section.BOT_API else self.marketplace).slow_seconds

    def concerns(self, method: str) -> bool:
        """Whether a Bot API method may have faults; its name is case-insensitive."""
        if self.methods is None:
            return method.lower() != POLLING
        named = {name.lower() for name in self.methods}
        return EVERY_METHOD in named or method.lower() in named
