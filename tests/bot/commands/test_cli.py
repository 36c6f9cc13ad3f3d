"""What the commands answer to options that make no sense."""

from __future__ import annotations

from typer.testing import CliRunner

from bot.commands.cli import app


def test_a_language_that_the_demo_does_not_speak_is_refused_with_those_that_it_speaks() -> None:
    answer = CliRunner().invoke(app, ["demo", "--lang", "de"])
    assert answer.exit_code == 2
    assert "'ru', 'en'" in answer.output
