from __future__ import annotations

from bot.updates.vitals import PATIENCE, SILENCE, Vitals


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_updates_come_in_once_telegram_has_answered() -> None:
    vitals = Vitals(Seconds())
    assert not vitals.is_listening
    vitals.updates_came()
    assert vitals.is_listening


def test_a_moments_trouble_is_none() -> None:
    seconds = Seconds()
    vitals = Vitals(seconds)
    vitals.updates_came()
    vitals.no_answer()
    seconds.now += PATIENCE - 1
    vitals.no_answer()
    assert vitals.is_listening


def test_a_longer_trouble_is_one_until_updates_come_again() -> None:
    seconds = Seconds()
    vitals = Vitals(seconds)
    vitals.updates_came()
    vitals.no_answer()
    seconds.now += PATIENCE
    heard = [vitals.is_listening]
    vitals.updates_came()
    heard.append(vitals.is_listening)
    assert heard == [False, True]


def test_long_silence_counts_as_dead() -> None:
    seconds = Seconds()
    vitals = Vitals(seconds)
    vitals.updates_came()
    seconds.now += SILENCE
    assert not vitals.is_listening


def test_with_a_webhook_telegram_comes_by_itself() -> None:
    vitals = Vitals(Seconds())
    vitals.webhook_is_set()
    assert vitals.is_listening
