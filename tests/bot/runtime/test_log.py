from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from pydantic import TypeAdapter, ValidationError

from bot.runtime.log import configure_logging
from storage.db.errors import DatabaseUnavailable

BOT_TOKEN = "123456789:AAverysecretverysecretverysecretsec"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, ours = list(root.handlers), root.level, structlog.get_config()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**ours)


@pytest.fixture
def stream() -> io.StringIO:
    stream = io.StringIO()
    configure_logging("info", stream)
    return stream


def entries(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_our_own_lines_are_json_with_all_that_was_said(stream: io.StringIO) -> None:
    structlog.get_logger("florist").info("принят", order="25836184", shop=501, at=None)

    (entry,) = entries(stream)
    assert entry.pop("timestamp").endswith("Z")
    assert entry == {
        "event": "принят",
        "order": "25836184",
        "shop": 501,
        "at": None,
        "level": "info",
        "logger": "florist",
    }


@pytest.mark.parametrize(
    "name", ["aiogram.event", "aiohttp.server", "apscheduler.scheduler", "alembic.runtime"]
)
def test_what_libraries_say_goes_the_same_way(stream: io.StringIO, name: str) -> None:
    logging.getLogger(name).warning("told %s", "so", extra={"chat": 7})

    (entry,) = entries(stream)
    assert (entry["event"], entry["logger"], entry["level"], entry["chat"]) == ("told so", name, "warning", 7)


@pytest.mark.parametrize("name", ["aiohttp.access", "apscheduler.executors.default"])
def test_libraries_that_speak_of_every_request_are_heard_only_when_something_is_wrong(
    stream: io.StringIO, name: str
) -> None:
    logging.getLogger(name).info("chatter")

    assert entries(stream) == []


def test_what_is_below_the_level_is_not_said(stream: io.StringIO) -> None:
    structlog.get_logger("florist").debug("detail")
    logging.getLogger("aiogram").debug("detail")
    configure_logging("error", stream)
    structlog.get_logger("florist").warning("only a warning")

    assert entries(stream) == []


def test_setting_it_up_twice_says_nothing_twice(stream: io.StringIO) -> None:
    configure_logging("info", stream)
    structlog.get_logger("florist").info("once")

    assert len(entries(stream)) == 1


@pytest.mark.parametrize("stream_type", [io.StringIO, Terminal])
@pytest.mark.parametrize(
    "private",
    [
        BOT_TOKEN,
        f"https://api.telegram.org/bot{BOT_TOKEN}/getMe",
        "Bearer abc.def-123",
        "+79161234567",
        "+7 916 123-45-67",
        "8 (916) 123-45-67",
        "89161234567",
        "+49 151 23456789",
    ],
)
def test_tokens_and_phones_are_masked_wherever_they_stand(
    stream_type: type[io.StringIO], private: str
) -> None:
    stream = stream_type()
    configure_logging("info", stream)
    log = structlog.get_logger("florist")

    log.info("came %s today", private, who={"phone": [private]}, pair=(private, 5), what=ValueError(private))
    logging.getLogger("aiogram").error("of %s", private)
    try:
        int(f"no number: {private}")
    except ValueError:
        log.exception("failed")

    hidden = private.removeprefix("https://api.telegram.org/").removeprefix("bot").removesuffix("/getMe")
    hidden = hidden.removeprefix("Bearer ")
    assert hidden not in stream.getvalue()
    assert "ValueError" in stream.getvalue()


@pytest.mark.parametrize(
    "harmless",
    [
        "25836184",
        "2026-03-07T09:00:00.123456Z",
        "-1001234567890",
        "order 25836184 of shop 501",
        "14:00-15:00",
    ],
)
def test_order_numbers_chats_and_times_are_not_masked(stream: io.StringIO, harmless: str) -> None:
    structlog.get_logger("florist").info(harmless, same=harmless, user=79161234567)

    (entry,) = entries(stream)
    assert (entry["event"], entry["same"], entry["user"]) == (harmless, harmless, 79161234567)


def test_a_terminal_gets_lines_that_people_read() -> None:
    terminal = Terminal()
    configure_logging("info", terminal)

    structlog.get_logger("florist").warning("order stays", order="25836184")

    assert "order stays" in terminal.getvalue()
    assert "{" not in terminal.getvalue()


def test_a_traceback_never_shows_the_values_of_variables(stream: io.StringIO) -> None:
    address = "Лесная " + "5"
    try:
        address.index("7")
    except ValueError:
        structlog.get_logger("florist").exception("failed")

    (entry,) = entries(stream)
    assert "ValueError: substring not found" in entry["exception"]
    assert "Лесная 5" not in stream.getvalue()


@pytest.mark.parametrize(
    "outage", [DatabaseUnavailable("data/orders.db", "disk I/O error"), BrokenPipeError(32, "Broken pipe")]
)
def test_an_outage_is_told_in_words_and_without_a_traceback(stream: io.StringIO, outage: Exception) -> None:
    logging.getLogger("florist").error("it failed", exc_info=outage)

    (entry,) = entries(stream)
    assert entry["why"] == str(outage)
    assert "exception" not in entry


def test_what_pydantic_could_not_read_is_not_quoted(stream: io.StringIO) -> None:
    address = " ".join(("Лесная", "5"))
    with pytest.raises(ValidationError) as unread:
        TypeAdapter(int).validate_python(address)

    structlog.get_logger("florist").error("not_read", exc_info=unread.value)

    assert "int_parsing" in stream.getvalue()
    assert address not in stream.getvalue()
