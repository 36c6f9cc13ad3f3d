"""Logging of the bot and its libraries: readable on a terminal, else one JSON object per line."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import TextIO

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from structlog.typing import EventDict, Processor, WrappedLogger

from storage.db.errors import BackupUnavailable, DatabaseUnavailable, PhotosUnavailable

_QUIET = ("aiohttp.access", "alembic", "apscheduler", "aiosqlite", "asyncio")
"""Loggers that record every request or wake-up; only their warnings are useful."""

_OUTAGES = (DatabaseUnavailable, BackupUnavailable, PhotosUnavailable, ConnectionError)
"""ConnectionError comes from libraries that close a connection to a server that is down."""

_MASKS = (
    # pydantic quotes the invalid value
    (re.compile(r"(?s)input_value=.*?, input_type="), "input_value=[hidden], input_type="),
    (re.compile(r"[0-9]+:[A-Za-z0-9_-]{30,}"), "[token]"),
    (re.compile(r"(?i)\bBearer +[!-~]+"), "Bearer [token]"),
    # user and password in a URL
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*)://[^\s/@]*@"), r"\1://[hidden]@"),
    (re.compile(r"\+[0-9](?:[ ()-]{0,2}[0-9]){8,14}(?![0-9])"), "[phone]"),
    (
        re.compile(
            r"(?<![0-9.:+-])[78][ (-]{0,2}[0-9]{3}[ )-]{0,2}[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2}(?![0-9])"
        ),
        "[phone]",
    ),
)


def tell_outages_in_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Log an outage of disk, database or connection as one line: its traceback does not help."""
    given = event.get("exc_info")
    error = given[1] if isinstance(given, tuple) else sys.exc_info()[1] if given is True else given
    if isinstance(error, _OUTAGES):
        del event["exc_info"]
        event["why"] = str(error)
    return event


def is_no_bad_request(record: logging.LogRecord) -> bool:
    """Filter out the web server's records about invalid HTTP, which it answers with an error."""
    return record.exc_info is None or not isinstance(record.exc_info[1], HttpProcessingError)


def mask_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Mask tokens and phones in all logged texts, as a last resort (R63).

    Numbers are kept: they are ids and times.
    """
    return {key: _masked(value) for key, value in event.items()}


def configure_logging(level: str, stream: TextIO = sys.stderr) -> None:
    """Set up structlog and the standard library's logging; `level` is debug, info, warning or error."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # tests configure it repeatedly
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(shared, is_terminal=stream.isatty()))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("aiohttp.server").addFilter(is_no_bad_request)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _formatter(shared: list[Processor], *, is_terminal: bool) -> logging.Formatter:
    # The traceback, without values of variables, becomes text before masking.
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            tell_outages_in_words,
            structlog.processors.format_exc_info,
            mask_private,
            _renderer(is_terminal=is_terminal),
        ],
    )


def _renderer(*, is_terminal: bool) -> Processor:
    if is_terminal:
        return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _masked(value: object) -> object:
    if isinstance(value, str):
        return _without_private(value)
    if isinstance(value, Mapping):
        return {_masked(key): _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner) for inner in value]
    if value is None or isinstance(value, int | float):
        return value
    return _without_private(repr(value))


def _without_private(text: str) -> str:
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text
