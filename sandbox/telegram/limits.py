"""Telegram's rate limits for a bot as sliding windows: overall, per private chat, per group."""

import math
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.config import Limits
from sandbox.telegram.chats import Chat
from sandbox.telegram.errors import ApiError
from sandbox.telegram.params import Params

Clock = Callable[[], float]

SECOND = 1.0
MINUTE = 60.0
_COUNTED = ("send", "editmessage", "editephemeralmessage", "copymessage", "forwardmessage")
_NOT_COUNTED = "sendchataction"
# Tolerance for rounding of float times: a window that ends "now" must open.
_CLOSE_ENOUGH = 1e-6


@dataclass
class Window:
    """At most `limit` messages in any `seconds`; after a refusal closed until the announced wait ends."""

    limit: int
    seconds: float
    _times: deque[float] = field(default_factory=deque)
    _shut_until: float = -math.inf

    def wait(self, count: int, now: float) -> float:
        """Seconds until `count` more fit, or 0. More than the limit, as in an album, need an empty window."""
        while self._times and self._times[0] + self.seconds <= now + _CLOSE_ENOUGH:
            self._times.popleft()
        excess = len(self._times) - max(self.limit - count, 0)
        opens = self._times[excess - 1] + self.seconds if excess > 0 else now
        left = max(opens, self._shut_until) - now
        return left if left > _CLOSE_ENOUGH else 0.0

    def take(self, count: int, now: float) -> None:
        """Count messages."""
        self._times.extend([now] * count)

    def shut(self, now: float, wait: float) -> int:
        """Close the window for the wait, rounded up to whole seconds. Later refusals do not prolong it."""
        seconds = math.ceil(wait - _CLOSE_ENOUGH)
        if self._shut_until <= now:
            self._shut_until = now + seconds
        return seconds


class RateLimits:
    """Counts a bot's messages, and refuses those above the limits with 429.

    Calls within the limits count even if Telegram then refuses them for another reason.
    """

    def __init__(self, limits: Limits, clock: Clock = time.monotonic) -> None:
        self.clock = clock
        self.follow(limits)

    def follow(self, limits: Limits) -> None:
        """Set new limits; resets windows and counts."""
        self.limits = limits
        self.counted: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self._chats: dict[int, Window | None] = {}
        self._all = Window(limits.bot_per_second, SECOND) if limits.bot_per_second else None

    def pass_through(self, chat: Chat, count: int) -> None:
        """Count messages to a chat. Raises ApiError 429 with the seconds to wait."""
        now = self.clock()
        windows = [window for window in (self._all, self._window(chat)) if window is not None]
        shut = [window.shut(now, wait) for window in windows if (wait := window.wait(count, now))]
        if shut:
            self.refused[chat.id] += 1
            raise too_many_requests(max(shut))
        for window in windows:
            window.take(count, now)
        self.counted[chat.id] += count

    def _window(self, chat: Chat) -> Window | None:
        if chat.id not in self._chats:
            limits = self.limits
            limit, seconds = (
                (limits.chat_per_second, SECOND) if chat.is_private else (limits.group_per_minute, MINUTE)
            )
            self._chats[chat.id] = Window(limit, seconds) if limit else None
        return self._chats[chat.id]


def too_many_requests(seconds: int) -> ApiError:
    """Create a 429 with the seconds to wait."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def messages_in(name: str, params: Params) -> int:
    """The number of messages that a call sends or edits, each of an album counted; 0 for other calls."""
    method = name.lower()
    if not method.startswith(_COUNTED) or method == _NOT_COUNTED:
        return 0
    album = params.json("media", "media") if method == "sendmediagroup" else None
    return max(len(album), 1) if isinstance(album, list) else 1
