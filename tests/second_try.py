"""A pytest plugin for the second attempt in `.ci/run`: lists the tests that passed only then.

A test that needs a second attempt is flaky and must be repaired, even if the run succeeds.
"""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print above pytest's last line, which other programs parse."""
    passed = [report.nodeid for report in terminalreporter.stats.get("passed", [])]
    if not passed:
        return
    needed = "1 test needed" if len(passed) == 1 else f"{len(passed)} tests needed"
    terminalreporter.section(f"{needed} a second try", sep="!", red=True, bold=True)
    for name in passed:
        terminalreporter.write_line(name)
