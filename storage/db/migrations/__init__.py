"""Alembic migrations. They run from code, at start; nobody needs an alembic.ini."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.db import locks

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent
_REVISION = re.compile(r'^revision = "(.+)"$', re.MULTILINE)
_BEFORE = re.compile(r'^down_revision = "(.+)"$', re.MULTILINE)


def upgrade(connection: Connection) -> None:
    """Bring the tables to the newest form."""
    from alembic import command

    locks.hold_migrations(connection)
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for this connection, inside whose transaction the migrations run."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


class Form(StrEnum):
    """How the tables of a database stand to this program."""

    EMPTY = "empty"
    """None were made yet."""
    OLDER = "older"
    NEWEST = "newest"
    NEWER = "newer"
    """A later version of the program made them."""


def form_of(connection: Connection) -> tuple[Form, str]:
    """The form and the kept revision ("0012"); asked without Alembic, which takes long to load."""
    if not inspect(connection).has_table("alembic_version"):
        return Form.EMPTY, ""
    kept = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    revisions, before = _revisions()
    name = ", ".join(sorted(kept))
    if not kept:
        return Form.EMPTY, ""
    if kept - revisions:
        return Form.NEWER, name
    return (Form.NEWEST if kept == revisions - before else Form.OLDER), name


def is_newest(connection: Connection) -> bool:
    """Whether there is nothing to bring up to date."""
    return form_of(connection)[0] is Form.NEWEST


def newest() -> set[str]:
    """The revision upon which no other is built, as the files of the migrations say; one, unless two meet."""
    revisions, before = _revisions()
    return revisions - before


def _revisions() -> tuple[set[str], set[str]]:
    """All revisions, and those upon which another one is built."""
    files = [path.read_text(encoding="utf-8") for path in (_FOLDER / "versions").glob("v*.py")]
    before = {found for words in files for found in _BEFORE.findall(words)}
    return {found for words in files for found in _REVISION.findall(words)}, before
