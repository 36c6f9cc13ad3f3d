"""What the commands answer to options that make no sense."""

from __future__ import annotations

from typer.testing import CliRunner

from bot.commands.cli import app
from bot.commands.demo import how_it_ended


def test_of_a_bot_that_was_killed_no_words_are_promised() -> None:
    assert how_it_ended(-9) == "The bot was ended by signal 9."
    assert how_it_ended(1) == "The bot has stopped (exit code 1). Whatever it printed stands above."


def test_a_language_that_the_demo_does_not_speak_is_refused_with_those_that_it_speaks() -> None:
    answer = CliRunner().invoke(app, ["demo", "--lang", "de"])
    assert answer.exit_code == 2
    assert "'ru', 'en'" in answer.output
