from collections.abc import Awaitable, Callable

import pytest

from sandbox.driver import FaultCounts, LimitCounts, SandboxDriver
from tests.sandbox.tools import DIRECTOR, Sandbox, inline


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda people: people.text("nobody", "x"), "404 no person 'nobody', there are director, florist"),
        (lambda people: people.text("director", " "), "400 the text is empty"),
        (lambda people: people.text("client", "x", "group"), "403 client is not in the group group"),
        (lambda people: people.text("director", "x", "attic"), "404 no group 'attic'"),
        (lambda people: people.text("director", "x", reply_to=99), "404 no message 99 in this chat"),
        (lambda people: people.press("director", 99, "Да"), "404 no message 99"),
        (lambda people: people.join("director"), "409 director is in the group already"),
        (lambda people: people.leave("client"), "409 client is not in the group"),
        (lambda people: people.order(1), "404 no order 1"),
        (lambda people: people.place_order("castle"), "404 no sample 'castle', there are bouquet"),
        (lambda people: people.place_order(shop=9), "404 no shop 9"),
        (lambda people: people.place_order(deliver="pigeon"), "400 `deliver` is webhook or none"),
        (lambda people: people.download("/control/files/none"), "GET /control/files/none: 404"),
        (lambda people: people.faults(bot_api={"500": 2}), "400 bot_api.500"),
        (lambda people: people.limits(chat_per_second=0), "400 chat_per_second"),
    ],
)
async def test_what_cannot_be_done_fails_with_the_reason(
    met: Sandbox, act: Callable[[SandboxDriver], Awaitable[object]], words: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        await act(met.people)
    assert words in str(caught.value)


async def test_a_person_who_blocked_the_bot_cannot_write(met: Sandbox) -> None:
    await met.people.block("florist")
    with pytest.raises(AssertionError, match="florist has blocked the bot: unblock or start it first"):
        await met.people.text("florist", "привет")
    await met.people.unblock("florist")
    await met.people.text("florist", "привет")


async def test_a_missing_button_is_named_with_those_that_are_there(met: Sandbox) -> None:
    markup = inline([("Принять", "a"), ("Отказаться", "d")])
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=markup)
    for button in ("Готово", (0, 2), (1, 0)):
        with pytest.raises(AssertionError, match="it has: «Принять», «Отказаться»"):
            await met.people.press("director", sent["message_id"], button)
    await met.result("deleteMessage", chat_id=DIRECTOR, message_id=sent["message_id"])
    with pytest.raises(AssertionError, match="is deleted"):
        await met.people.press("director", sent["message_id"], "Принять")
    with pytest.raises(AssertionError, match="in vain for a message with the button «Принять»"):
        await met.people.press_last("director", "Принять", timeout=0.05)


async def test_a_vain_wait_for_an_order_shows_the_order(met: Sandbox) -> None:
    placed = await met.people.place_order(deliver="none")
    with pytest.raises(AssertionError) as caught:
        await met.people.wait_order(placed.id, lambda order: order.cancelled, timeout=0.05)
    assert str(caught.value) == (
        f"waited 0.05 s in vain for order {placed.id} to fit; "
        "status 1, cancelled False, calls [], webhooks []"
    )


def test_counts_of_faults_add_up() -> None:
    counts = FaultCounts(
        {"bot_api": {"500": {"getMe": 2, "sendMessage": 1}, "slow": {"getMe": 4}}, "updates": {}}
    )
    assert (counts.of("bot_api", "500"), counts.of("bot_api"), counts.of("updates"), counts.total) == (
        3,
        7,
        0,
        7,
    )
    assert counts.of("bot_api", "502") == 0


def test_counts_of_limits_go_by_chat() -> None:
    counts = LimitCounts.read(
        {
            "counted": {"all": 3, "chats": {"1001": 2, "-5": 1}},
            "refused": {"all": 1, "chats": {"-5": 1}},
        }
    )
    assert counts == LimitCounts(3, 1, {1001: 2, -5: 1}, {-5: 1})
