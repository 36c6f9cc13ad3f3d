"""A pytest plugin for the second try in `.ci/run`: names the tests that passed only then.

A test that needs a second try is a flaw of its own, even where the run ends well.
"""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Stands above pytest's closing line, which others read."""
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", [])]
    if not passed:
        return
    needed = "1 test needed" if len(passed) == 1 else f"{len(passed)} tests needed"
    terminalreporter.section(f"{needed} a second try", sep="!", red=True, bold=True)
    for name in passed:
        terminalreporter.write_line(name)
