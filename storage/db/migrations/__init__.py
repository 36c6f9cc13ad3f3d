"""Alembic migrations. The program runs them at its start, without an alembic.ini."""

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
    """Migrate the tables to the newest revision."""
    from alembic import command

    locks.hold_migrations(connection)
    command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """Returns Alembic's settings for this connection; the migrations run in its transaction."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


class Form(StrEnum):
    """The revision of a database's tables, compared with that of this program."""

    EMPTY = "empty"
    """No tables were created yet."""
    OLDER = "older"
    NEWEST = "newest"
    NEWER = "newer"
    """A later version of the program created them."""


def form_of(connection: Connection) -> tuple[Form, str]:
    """Returns the form and the stored revision ("0012"), without Alembic, which takes long to import."""
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
    """Returns whether no migration is pending."""
    return form_of(connection)[0] is Form.NEWEST


def newest() -> set[str]:
    """Returns the head revision of the migration files; several when two branches add one to the same."""
    revisions, before = _revisions()
    return revisions - before


def _revisions() -> tuple[set[str], set[str]]:
    """Returns all revisions, and those that another one is based on."""
    files = [path.read_text(encoding="utf-8") for path in (_FOLDER / "versions").glob("v*.py")]
    before = {found for words in files for found in _BEFORE.findall(words)}
    return {found for words in files for found in _REVISION.findall(words)}, before
