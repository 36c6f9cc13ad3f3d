"""The documents for maintainers name what is there: each decision, each wing, each term once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.floors import WINGS

DOCS = Path(__file__).parents[1] / "docs"
DECISIONS = DOCS / "decisions"


def test_the_list_of_decisions_has_every_decision_once_in_order_by_its_own_title() -> None:
    rows = re.findall(r"^\| \[\d+\]\(([^)]+)\) \| (.+?) \|", (DECISIONS / "README.md").read_text(), re.M)
    files = sorted(DECISIONS.glob("0*.md"))
    assert rows == [(file.name, file.read_text().splitlines()[0].removeprefix("# ")) for file in files]


def test_the_architecture_names_every_wing() -> None:
    text = (DOCS / "architecture.md").read_text()
    lacking = {wing for wings in WINGS.values() for wing in wings if not re.search(rf"[`/]{wing}`", text)}
    assert lacking == {"__main__"}


def test_the_glossary_defines_no_term_twice() -> None:
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \|", (DOCS / "glossary.md").read_text(), re.M)
    terms = Counter(re.split("[,:;]", term)[0] for row in rows for term in row)
    assert [term for term, times in terms.items() if times > 1] == []
