from hypothesis import given
from hypothesis import strategies as st

from sandbox.config import Limits, Person
from sandbox.telegram.chats import Chat
from sandbox.telegram.errors import ApiError
from sandbox.telegram.limits import RateLimits, messages_in
from sandbox.telegram.params import Params
from tests.sandbox.tools import HandClock

ANNA = Person(key="director", id=1001, first_name="Анна", phone="+79990000001", title="Анна")
PRIVATE = Chat(1001, "private", "director", "Анна", [ANNA])
GROUP = Chat(-5, "group", "group", "Заказы", [ANNA])
# Sixteenths of a second add up without error, so that the tests may ask for exact times.
pauses = st.lists(st.integers(0, 48).map(lambda part: part / 16), min_size=1, max_size=80)


def refusal(limits: RateLimits, chat: Chat = PRIVATE, count: int = 1) -> int | None:
    try:
        limits.pass_through(chat, count)
    except ApiError as error:
        return int((error.parameters or {})["retry_after"])
    return None


@given(pauses, st.integers(1, 5))
def test_no_second_ever_holds_more_than_the_limit(steps: list[float], limit: int) -> None:
    clock = HandClock()
    limits = RateLimits(Limits(bot_per_second=limit), clock)
    passed = []
    for step in steps:
        clock.now += step
        if refusal(limits) is None:
            passed.append(clock.now)
    for begin in passed:
        assert sum(begin <= at < begin + 1 for at in passed) <= limit


@given(pauses, st.integers(1, 3), st.integers(1, 4))
def test_whoever_waits_as_told_is_never_refused_twice(steps: list[float], private: int, group: int) -> None:
    clock = HandClock()
    limits = RateLimits(Limits(bot_per_second=4, chat_per_second=private, group_per_minute=group), clock)
    for index, step in enumerate(steps):
        clock.now += step
        chat = GROUP if index % 3 == 0 else PRIVATE
        if seconds := refusal(limits, chat):
            clock.now += seconds
            assert refusal(limits, chat) is None


@given(st.integers(1, 30), st.floats(0, 1e6))
def test_a_full_burst_passes_and_one_more_does_not(limit: int, begin: float) -> None:
    clock = HandClock(begin)
    limits = RateLimits(Limits(bot_per_second=limit), clock)
    assert [refusal(limits) for _ in range(limit + 1)] == [None] * limit + [1]
    clock.now += 1
    assert refusal(limits) is None


def test_a_refusal_of_one_chat_does_not_shut_the_others() -> None:
    clock = HandClock()
    limits = RateLimits(Limits(bot_per_second=30, group_per_minute=1), clock)
    assert [refusal(limits, GROUP), refusal(limits, GROUP)] == [None, 60]
    assert refusal(limits, PRIVATE) is None


def test_refused_calls_do_not_fill_the_window() -> None:
    clock = HandClock()
    limits = RateLimits(Limits(bot_per_second=1), clock)
    refusal(limits)
    for _ in range(9):
        clock.now += 0.1
        assert refusal(limits) == 1
    clock.now = 1001.1  # the first refusal was at 1000.1
    assert refusal(limits) is None


def test_only_messages_count_and_albums_by_their_size() -> None:
    album = Params({"media": '[{"type": "photo"}, {"type": "photo"}]'})
    assert messages_in("SENDMEDIAGROUP", album) == 2
    assert messages_in("sendMediaGroup", Params({})) == 1
    assert [messages_in(name, Params({})) for name in ("sendPhoto", "editMessageMedia", "copyMessage")] == [
        1
    ] * 3
    assert [messages_in(name, Params({})) for name in ("sendChatAction", "deleteMessage", "getMe")] == [0] * 3
