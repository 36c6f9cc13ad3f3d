"""SQLAlchemy compiles each statement once per engine; tests open an engine each, thousands in a session."""

from __future__ import annotations

from collections import UserDict
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.db import engines


class _OncePerProcess(UserDict[Any, Any]):
    """The compiled statements of all engines: their keys name the kind of database, not one engine."""

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - as SQLAlchemy's
        return self.data.get(_by_kind(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:  # noqa: ANN401
        self.data[_by_kind(key)] = compiled


def _by_kind(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *statement = key
    return (type(dialect), *statement)


def _engine(cache: _OncePerProcess, url: str, **settings: Any) -> AsyncEngine:  # noqa: ANN401
    return create_async_engine(url, **settings).execution_options(compiled_cache=cache)


def compile_once_per_process() -> None:
    """From now on every database that is opened in this process knows what the earlier ones have compiled."""
    engines.__dict__["create_async_engine"] = partial(_engine, _OncePerProcess())
