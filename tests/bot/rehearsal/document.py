"""Updates docs/rehearsal.md: runs its command and inserts the output (`make pictures`)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs/rehearsal.md"
_PLAYED = re.compile(r"(?<=```console\n)\$ florist (?P<options>.+)\n(?P<answer>[^`]*)(?=```)")


def command() -> list[str]:
    """The arguments of `florist` in the document."""
    return shlex.split(_found()["options"])


def answer() -> str:
    """The output in the document."""
    return _found()["answer"]


def renew() -> None:
    """Run the command without a database, so that it uses the built-in shop."""
    nowhere = os.environ | {"DATABASE_URL": "sqlite+aiosqlite:///there-is-none.db"}
    run = [sys.executable, "-m", "bot", *command()]
    said = subprocess.run(run, cwd=ROOT, env=nowhere, check=True, stdout=subprocess.PIPE, text=True)
    found = _found()
    page = PAGE.read_text()
    words = f"$ florist {found['options']}\n{said.stdout}"
    PAGE.write_text(page[: found.start()] + words + page[found.end() :])


def _found() -> re.Match[str]:
    found = _PLAYED.search(PAGE.read_text())
    if found is None:
        raise LookupError(f"no command stands in {PAGE}")
    return found


if __name__ == "__main__":
    renew()
