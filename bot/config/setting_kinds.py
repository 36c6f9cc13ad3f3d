"""Types of the settings: how their text is parsed and validated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import time
from decimal import Decimal
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from messages.i18n.untrusted_text import clean
from orders.model.details import Category
from orders.model.money import Money
from orders.shop.rule_book import MOST_DAYS
from orders.shop.zones import suggestions

_DAY_IN_SECONDS = 24 * 60 * 60
_WEEK_IN_MINUTES = 7 * 24 * 60
_YEAR_IN_HOURS = 366 * 24
_LONGEST_TOKEN = 4095
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_CURRENCY = "RUB"


def _time_of_day(value: object) -> object:
    """Accepts only hours:minutes; pydantic would also accept seconds since midnight."""
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", value):
            raise ValueError("not a time of day")
        return value.zfill(5)
    return value


def _time_or_none(value: object) -> object:
    return None if value == "-" else _time_of_day(value)


def _secret(pattern: str) -> Callable[[SecretStr], SecretStr]:
    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError("does not look like one")
        return value

    return check


def _url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", value):
        raise ValueError("not a web address")
    if parts.query or parts.fragment or parts.username is not None:
        raise ValueError("only scheme, host, port and path")
    _ = parts.port  # raises ValueError for a port that is none
    return value.rstrip("/")


def _safe_url(value: str) -> str:
    """Telegram requires https; plain http is for the sandbox on the local machine."""
    parts = urlsplit(value)
    if parts.scheme != "https" and parts.hostname not in _LOCAL_HOSTS:
        raise ValueError("not https")
    return value


def _proxy(value: SecretStr) -> SecretStr:
    """Accepts the proxies that python-socks supports; socks5h means the same as socks5 there."""
    written = re.sub(r"^socks5h://", "socks5://", value.get_secret_value())
    parts = urlsplit(written)
    if parts.scheme not in ("http", "socks4", "socks5") or not parts.hostname or re.search(r"\s", written):
        raise ValueError("not a proxy")
    if parts.port is None or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("only scheme, user, password, host and port")
    return SecretStr(written)


def _addresses(value: object) -> object:
    """Splits at spaces, since the addresses may contain commas. `florist doctor` checks the services."""
    if not isinstance(value, str):
        return value
    found = value.split()
    if any(not re.match(r"[a-z][a-z0-9+.-]*://.", one, re.IGNORECASE) for one in found):
        raise ValueError("not addresses")
    return tuple(found)


def _database_url(value: str) -> str:
    if not re.fullmatch(r"(sqlite\+aiosqlite|postgresql\+asyncpg)://\S+", value):
        raise ValueError("another database or driver")
    return value


class Meant(ValueError):  # noqa: N818 - it carries suggestions
    """Raised for a wrong value that resembles valid ones, which are no secret and may be shown."""

    def __init__(self, near: Sequence[str]) -> None:
        super().__init__("not known")
        self.near = tuple(near)


def _timezone(value: str) -> str:
    if value not in available_timezones():
        raise Meant(suggestions(value))
    return value


def _numbers(value: object) -> object:
    """Parses `5,10`; other types, such as defaults, pass unchanged."""
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


def _pairs(value: object) -> object:
    """Parses `1:flowers_gifts,2:live_plants`; a repeated key takes the last value."""
    if not isinstance(value, str):
        return value
    pairs = [part.strip().split(":") for part in value.split(",")]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a pair has two halves
        raise ValueError("not pairs")
    return {key.strip(): one.strip() for key, one in pairs}


def _rates(value: object) -> object:
    """Parses `live_plants:15,confectionery:12.5` into pairs."""
    pairs = _pairs(value)
    return tuple(pairs.items()) if isinstance(pairs, dict) else pairs


def _money(value: object) -> object:
    """Parses `350`, `350.00` or `350.00 KZT`."""
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,2})?)(?: ([A-Z]{3}))?", value)
    if match is None:
        raise ValueError("not a sum")
    return Money.parse(match[1], match[2] or _CURRENCY)


def _readable(value: str) -> str:
    if not clean(value, len(value)):
        raise ValueError("shows nothing")
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


BotToken = Annotated[SecretStr, AfterValidator(_secret(r"[0-9]+:[A-Za-z0-9_-]{30,}"))]
WebhookSecret = Annotated[SecretStr, AfterValidator(_secret(r"[A-Za-z0-9_-]{1,256}"))]
FeedSecret = Annotated[SecretStr, AfterValidator(_secret(r"[A-Za-z0-9_-]{16,256}"))]
FeedSecrets = Annotated[dict[int, FeedSecret], NoDecode, BeforeValidator(_pairs)]
ApiToken = Annotated[SecretStr, AfterValidator(_secret(rf"[!-~]{{1,{_LONGEST_TOKEN}}}"))]
Name = Annotated[str, AfterValidator(_readable)]
Url = Annotated[str, AfterValidator(_url)]
Addresses = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_addresses)]
Proxy = Annotated[SecretStr, AfterValidator(_proxy)]
SafeUrl = Annotated[Url, AfterValidator(_safe_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database_url)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=_DAY_IN_SECONDS, allow_inf_nan=False)]
Minutes = Annotated[float, Field(gt=0, le=_WEEK_IN_MINUTES, allow_inf_nan=False)]
MinutesOrNone = Annotated[float, Field(ge=0, le=_WEEK_IN_MINUTES, allow_inf_nan=False)]
MinutesList = Annotated[tuple[Minutes, ...], NoDecode, BeforeValidator(_numbers)]
Delay = Annotated[float, Field(ge=0, le=120)]
DayList = Annotated[
    tuple[Annotated[int, Field(ge=1, le=30)], ...],
    Field(min_length=1, max_length=MOST_DAYS),
    NoDecode,
    BeforeValidator(_numbers),
]
Rate = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
Days = Annotated[float, Field(gt=0, le=3650, allow_inf_nan=False)]
Hours = Annotated[float, Field(gt=0, le=_YEAR_IN_HOURS, allow_inf_nan=False)]
TimeOfDay = Annotated[time, BeforeValidator(_time_of_day)]
TimeOrNone = Annotated[time | None, BeforeValidator(_time_or_none)]
Share = Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False)]
CategoryShares = Annotated[tuple[tuple[Category, Share], ...], NoDecode, BeforeValidator(_rates)]
Multiple = Annotated[Decimal, Field(ge=0, le=1000, allow_inf_nan=False)]
SumOrNone = Annotated[Money | None, NoDecode, BeforeValidator(_money)]
CategoryIds = Annotated[dict[int, Category], NoDecode, BeforeValidator(_pairs)]
Lower = BeforeValidator(_lower)
