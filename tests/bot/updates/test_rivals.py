from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.updates.rivals import CALM, MANY, Rivals
from services.health.troubles import TroubleKind, Troubles
from tests.bot.updates.test_vitals import Seconds
from tests.builders import NOON


@pytest.mark.requirement("X22")
def test_a_second_bot_is_a_trouble_until_it_is_not_met_for_a_while() -> None:
    seconds, troubles = Seconds(), Troubles(lambda: NOON)
    rivals = Rivals(troubles, seconds)
    stands = []
    for _ in range(MANY):
        stands.append(bool(troubles.standing()))
        rivals.met("Conflict")
        rivals.not_met()
        seconds.now += 1
    assert stands == [False] * MANY
    assert set(troubles.standing()) == {TroubleKind.ANOTHER_BOT}
    seconds.now += CALM
    rivals.not_met()
    assert troubles.standing() == {}


def test_an_earlier_run_of_the_same_bot_is_no_trouble() -> None:
    seconds, troubles = Seconds(), Troubles(lambda: NOON)
    rivals = Rivals(troubles, seconds)
    for _ in range(9):
        rivals.met("Conflict")
        seconds.now += CALM
    assert troubles.standing() == {}


def test_the_log_has_a_line_a_minute_with_how_often_they_met() -> None:
    seconds = Seconds()
    rivals = Rivals(Troubles(lambda: NOON), seconds)
    with capture_logs() as logged:
        for _ in range(130):
            rivals.met("Conflict")
            seconds.now += 1
    assert [line["times"] for line in logged if line["event"] == "another_bot_polls"] == [1, 60, 60]
