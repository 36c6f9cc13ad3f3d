"""Caches per process what every test would otherwise repeat.

SQLAlchemy compiles each statement once per engine, and every test opens an engine; each bot's session takes
20 ms to read the machine's certificates.
"""

from __future__ import annotations

import ssl
from collections import UserDict
from functools import cache, partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.db import engines


class _OncePerProcess(UserDict[Any, Any]):
    """The compiled statements of all engines, with the kind of database in the key instead of the engine."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - as SQLAlchemy's
        return self.data.get(_by_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:  # noqa: ANN401
        self.data[_by_kind(key)] = compiled


def _by_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return (type(dialect), *statement)


def _engine(cache: _OncePerProcess, url: str, **settings: Any) -> AsyncEngine:  # noqa: ANN401
    return create_async_engine(url, **settings).execution_options(compiled_cache=cache)


def work_once_per_process() -> None:
    """Patch SQLAlchemy and ssl to share compiled statements and certificates."""
    engines.__dict__["create_async_engine"] = partial(_engine, _OncePerProcess())
    ssl.__dict__["create_default_context"] = cache(ssl.create_default_context)
