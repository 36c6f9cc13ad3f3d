"""The settings: read from the environment and a `.env` file, and validated once at the start."""

from __future__ import annotations

from dataclasses import fields
from datetime import time
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.config import setting_problems
from bot.config.setting_kinds import (
    Addresses,
    ApiToken,
    BotToken,
    CategoryIds,
    CategoryShares,
    DatabaseUrl,
    DayList,
    Days,
    Delay,
    FeedSecret,
    FeedSecrets,
    Hours,
    Lower,
    Minutes,
    MinutesList,
    MinutesOrNone,
    Multiple,
    Name,
    Port,
    Proxy,
    Rate,
    SafeUrl,
    Seconds,
    Share,
    SumOrNone,
    TimeOfDay,
    TimeOrNone,
    Timezone,
    Url,
    WebhookSecret,
)
from flowwow.order.parse import Reading
from flowwow.order.sync import Pace
from orders.model.details import Category
from orders.model.rules import HandoverProof, PhoneGate, RecipientCalls, ShopRules
from services.phones import rights_phone
from services.sending.new_features import Features
from services.sending.rate_limiter import Limits
from services.shop.countries import country_of

SomeSettings = TypeVar("SomeSettings", bound="CopySettings")

_OTHER_NAMES = {"timezone": "shop_timezone", "photo_before_minutes": "photo_reminders"}
"""Rules of a shop whose settings have another name."""
_ONLY_IN_CHAT = {"set_in_chat"}


class SettingsProblem(Exception):  # noqa: N818 - it carries a list of problems
    """Raised for invalid settings; each problem is one line with the setting's name and an example."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _setting(
    default: Any,  # noqa: ANN401 - a setting may have any type
    must_be: str,
    example: str,
    *,
    may_hold_password: bool = False,
) -> Any:  # noqa: ANN401
    """Define a setting. `must_be` completes the sentence "it must be ..."; `example` is a valid value."""
    return Field(default, description=must_be, examples=[example], repr=not may_hold_password)


class CopySettings(BaseSettings):
    """Paths of database, backup copy and photos: enough to work with the copy without other settings."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True,
        env_file_encoding="utf-8-sig",  # editors on Windows write a byte order mark
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
    )

    database_url: DatabaseUrl = _setting(
        "sqlite+aiosqlite:///data/orders.db",
        "a database address that begins with sqlite+aiosqlite:// or postgresql+asyncpg://",
        "sqlite+aiosqlite:///data/orders.db",
        may_hold_password=True,
    )
    backup_path: Path = _setting(
        Path("data/backup/orders-copy.db"), "a path to a file", "/mnt/usb/orders-copy.db"
    )
    photos_path: Path = _setting(Path("data/photos"), "a path to a folder", "data/photos")


class Settings(CopySettings):
    """All settings of an installation; `.env.example` explains each."""

    bot_token: BotToken = _setting(
        ..., "the token that @BotFather gave the bot", "123456789:AAExampleExampleExampleExampleExamp"
    )
    bot_api_url: Url = _setting(
        "https://api.telegram.org", "the web address of a Bot API server", "https://api.telegram.org"
    )
    telegram_proxy: Proxy | None = _setting(
        None,
        "the address of an HTTP or SOCKS proxy with its port: http://, socks4:// or socks5://",
        "socks5://user:password@proxy.example.com:1080",
    )
    fallback_urls: Addresses = _setting(
        (),
        "addresses of apprise such as mailtos://... or json://..., separated by spaces",
        "mailtos://user:password@example.com?to=director@example.com",
    )
    fallback_seconds: Seconds = _setting(60, "a number of seconds above 0", "60")
    button_colours: bool = _setting(True, "yes or no", "yes")
    countdowns: bool = _setting(True, "yes or no", "yes")
    answer_fields: bool = _setting(True, "yes or no", "yes")
    ephemeral_messages: bool = _setting(True, "yes or no", "yes")
    disabled_buttons: bool = _setting(True, "yes or no", "yes")
    reactions: bool = _setting(True, "yes or no", "yes")
    texts_path: Path | None = _setting(None, "a path to a folder", "data/texts")

    webhook_url: SafeUrl | None = _setting(
        None, "the https address at which Telegram reaches this bot", "https://bot.example.com"
    )
    webhook_secret: WebhookSecret | None = _setting(
        None, "1 to 256 characters of A-Z, a-z, 0-9, _ and -", "long_random_text-42"
    )
    web_host: Annotated[str, Field(min_length=1)] = _setting(
        "127.0.0.1", "the address to listen on", "127.0.0.1"
    )
    web_port: Port = _setting(8081, "a port from 1 to 65535", "8081")

    shop_name: Annotated[Name, Field(min_length=1, max_length=200)] = _setting(
        ..., "the shop's name, 200 characters at most", "Цветы на Лесной"
    )
    shop_timezone: Timezone = _setting(
        "Europe/Moscow", "a time zone of the tz database, Region/City", "Europe/Moscow"
    )
    shop_language: Annotated[Literal["ru", "en"], Lower] = _setting("ru", "ru or en", "ru")
    shop_category: Category = _setting(
        Category.FLOWERS_GIFTS, f"one of {', '.join(Category)}", Category.FLOWERS_GIFTS.value
    )
    director_phone: str = _setting(
        ..., "a phone number, with + and the country code unless it is of the shop's country", "+79161234567"
    )
    group_chat_id: Annotated[int, Field(lt=0)] | None = _setting(
        None, "the negative number of a group chat", "-1001234567890"
    )

    flowwow_api_url: Url = _setting(
        "https://apis.flowwow.com", "the web address of the marketplace's API", "https://apis.flowwow.com"
    )
    flowwow_token: ApiToken | None = _setting(
        None, "the seller's API token, without spaces", "the-token-from-the-seller-cabinet"
    )
    flowwow_shop_id: Annotated[int, Field(gt=0)] | None = _setting(
        None, "the shop's number at the marketplace", "12345"
    )
    flowwow_webhook_secret: SecretStr | None = _setting(
        None, "the secret that signs the marketplace's webhooks", "long_random_text-43"
    )
    poll_seconds: Seconds = _setting(60, "a number of seconds above 0", "60")
    reconcile_minutes: Minutes = _setting(60, "a number of minutes above 0", "60")
    reconcile_days: Annotated[int, Field(ge=1, le=60)] = _setting(7, "a whole number from 1 to 60", "7")
    feed_secret: FeedSecret | None = _setting(
        None, "16 to 256 characters of A-Z, a-z, 0-9, _ and -", "long_random_text-44"
    )
    feed_secrets: FeedSecrets = _setting(
        {},
        "pairs number:secret, no secret twice, each 16 to 256 characters of A-Z, a-z, 0-9, _ and -",
        "67890:long_random_text-45,67891:long_random_text-46",
    )
    category_ids: CategoryIds = _setting(
        {},
        f"pairs number:category, the categories being {', '.join(Category)}",
        "1:flowers_gifts,2:live_plants",
    )

    accept_minutes: Minutes = _setting(15, "a number of minutes above 0", "15")
    accept_reminders: MinutesList = _setting((5, 10), "minutes above 0, separated by commas", "5,10")
    accept_repeat_minutes: Minutes = _setting(5, "a number of minutes above 0", "5")
    photo_reminders: MinutesList = _setting((30, 10), "minutes above 0, separated by commas", "30,10")
    photo_light_percent: Annotated[int, Field(ge=0, le=100)] = _setting(
        10, "a whole number from 0 to 100", "10"
    )
    photo_sharpness: Annotated[int, Field(ge=0, le=10_000)] = _setting(
        15, "a whole number from 0 to 10000", "15"
    )
    rating_minutes: Minutes = _setting(15, "a number of minutes above 0", "15")
    assemble_minutes: MinutesOrNone = _setting(20, "a number of minutes, 0 for none", "20")
    travel_minutes: Minutes = _setting(40, "a number of minutes above 0", "40")
    leg_minutes: Minutes = _setting(20, "a number of minutes above 0", "20")
    door_minutes: MinutesOrNone = _setting(5, "a number of minutes, 0 for none", "5")
    speed_kmh: Annotated[float, Field(ge=1, le=150)] = _setting(25, "a number from 1 to 150", "25")
    road_percent: Annotated[int, Field(ge=100, le=500)] = _setting(
        140, "a whole number from 100 to 500", "140"
    )
    early_minutes: MinutesOrNone = _setting(15, "a number of minutes, 0 for any at all", "15")
    offer_minutes: Minutes = _setting(10, "a number of minutes above 0", "10")
    late_repeat_minutes: Minutes = _setting(15, "a number of minutes above 0", "15")
    search_minutes: Minutes = _setting(15, "a number of minutes above 0", "15")
    spare_minutes: Minutes = _setting(10, "a number of minutes above 0", "10")
    address_minutes: Minutes = _setting(120, "a number of minutes above 0", "120")
    recipient_calls: Annotated[RecipientCalls, Lower] = _setting(
        RecipientCalls.NEVER, "never or shop", "never"
    )
    third_party_minutes: Minutes = _setting(30, "a number of minutes above 0", "30")
    return_minutes: Minutes = _setting(30, "a number of minutes above 0", "30")
    stop_repeat_minutes: Minutes = _setting(3, "a number of minutes above 0", "3")
    undo_minutes: MinutesOrNone = _setting(10, "a number of minutes, 0 for no undo", "10")
    call_delay_seconds: Delay = _setting(15, "a number of seconds from 0 to 120", "15")
    archive_hours: Hours = _setting(48, "a number of hours above 0", "48")
    count_days: Annotated[int, Field(ge=0, le=30)] = _setting(1, "a whole number from 0 to 30", "1")
    handover_proof: Annotated[HandoverProof, Lower] = _setting(
        HandoverProof.NONE, "none, photo or code", "none"
    )
    client_link_hours: Hours = _setting(72, "a number of hours above 0", "72")
    contacts_most: Annotated[int, Field(gt=0)] = _setting(5, "a whole number above 0", "5")
    contacts_minutes: Minutes = _setting(30, "a number of minutes above 0", "30")
    phone_minutes: Minutes = _setting(60, "a number of minutes above 0", "60")
    phone_gate: Annotated[PhoneGate, Lower] = _setting(
        PhoneGate.MANAGERS, "managers, directors or seller", "managers"
    )
    come_back_days: DayList = _setting((1, 3), "one or two whole days from 1 to 30, with a comma", "1,3")
    support_minutes: Minutes = _setting(60, "a number of minutes above 0", "60")
    erase_days: Days = _setting(90, "a number of days above 0", "90")
    opens_at: TimeOfDay = _setting(time(9), "a time of day, hours:minutes", "09:00")
    reopen_reminder_minutes: Minutes = _setting(10, "a number of minutes above 0", "10")
    pack_at: TimeOfDay = _setting(time(7, 30), "a time of day, hours:minutes", "07:30")
    report_at: TimeOrNone = _setting(time(21), "a time of day, hours:minutes, or - for none", "21:00")
    orders_per_hour: Annotated[int, Field(ge=1, le=500)] | None = _setting(
        None, "a whole number from 1 to 500", "12"
    )
    florist_per_hour: Annotated[int, Field(ge=1, le=60)] | None = _setting(
        None, "a whole number from 1 to 60", "4"
    )
    shopping_at: TimeOfDay = _setting(time(19), "a time of day, hours:minutes", "19:00")

    commission_percent: Share | None = _setting(None, "a percentage from 0 to 100", "20")
    commission_by_category: CategoryShares = _setting(
        (),
        f"pairs category:percentage, the categories being {', '.join(Category)}",
        "live_plants:15,confectionery:12.5",
    )
    commission_fixed: SumOrNone = _setting(
        None, "a sum such as 50 or 50.00, with the currency unless it is RUB", "50.00"
    )
    acquiring_percent: Share | None = _setting(None, "a percentage from 0 to 100", "2.5")
    acquiring_fixed: SumOrNone = _setting(
        None, "a sum such as 5 or 5.00, with the currency unless it is RUB", "5.00"
    )
    delivery_fee: SumOrNone = _setting(
        None, "a sum such as 350 or 350.00, with the currency unless it is RUB", "350.00"
    )
    decline_new_percent: Multiple = _setting(100, "a percentage from 0 to 1000", "100")
    decline_accepted_percent: Multiple = _setting(150, "a percentage from 0 to 1000", "150")
    declines_free: Annotated[int, Field(ge=0, le=100)] = _setting(1, "a whole number from 0 to 100", "1")
    declines_most: Annotated[int, Field(ge=1, le=100)] = _setting(3, "a whole number from 1 to 100", "3")
    decline_stars: Annotated[int, Field(ge=0, le=5)] = _setting(1, "a whole number from 0 to 5", "1")
    dispute_hours: Annotated[float, Field(ge=1, le=720)] = _setting(
        72, "a number of hours from 1 to 720", "72"
    )
    dispute_first_hours: Annotated[float, Field(ge=0, le=720)] = _setting(
        24, "a number of hours from 0 to 720", "24"
    )
    dispute_last_hours: Annotated[float, Field(ge=0, le=720)] = _setting(
        4, "a number of hours from 0 to 720", "4"
    )

    send_per_second: Rate = _setting(30, "a number of messages above 0", "30")
    send_chat_per_second: Rate = _setting(1, "a number of messages above 0", "1")
    send_group_per_minute: Annotated[int, Field(gt=0)] = _setting(20, "a whole number above 0", "20")

    log_level: Annotated[Literal["debug", "info", "warning", "error"], Lower] = _setting(
        "info", "debug, info, warning or error", "info"
    )

    @field_validator("director_phone")
    @classmethod
    def _in_one_form(cls, value: str, info: ValidationInfo) -> str:
        timezone = info.data.get("shop_timezone")
        if timezone is None:  # invalid itself: report one problem, not two
            return value
        phone = rights_phone(value, country_of(timezone))
        if phone is None:
            raise ValueError("not a phone number")
        return phone

    @field_validator("feed_secrets")
    @classmethod
    def _each_another(cls, value: dict[int, SecretStr], info: ValidationInfo) -> dict[int, SecretStr]:
        """Every secret must be unique: it identifies the shop in the feed's address."""
        secrets = [one.get_secret_value() for one in (*value.values(), info.data.get("feed_secret")) if one]
        if len(set(secrets)) < len(secrets):
            raise ValueError("two of them are the same")
        return value

    @cached_property
    def country(self) -> str | None:
        """The shop's country ("RU"), derived from its time zone; the default for phone numbers."""
        return country_of(self.shop_timezone)

    @property
    def has_marketplace(self) -> bool:
        return self.flowwow_token is not None

    @property
    def proxy(self) -> str | None:
        """The proxy for Telegram; its URL may contain a password."""
        return self.telegram_proxy.get_secret_value() if self.telegram_proxy is not None else None

    @property
    def fallback_addresses(self) -> tuple[str, ...]:
        """Addresses for alarms that Telegram does not accept; most contain a password."""
        return tuple(one.get_secret_value() for one in self.fallback_urls)

    def sync_pace(self) -> Pace:
        """How often the marketplace's orders are polled and reconciled."""
        return Pace(self.poll_seconds, self.reconcile_minutes * 60, self.reconcile_days)

    def limits(self) -> Limits:
        """The rate limits for sending messages."""
        return Limits(self.send_per_second, self.send_chat_per_second, self.send_group_per_minute)

    def features(self) -> Features:
        """The newer Telegram features that are turned on."""
        return Features(
            self.button_colours,
            self.countdowns,
            self.answer_fields,
            self.ephemeral_messages,
            self.disabled_buttons,
            self.reactions,
        )

    def rules(self) -> ShopRules:
        """The default rules of the shop that these settings describe."""
        names = {field.name for field in fields(ShopRules)} - _ONLY_IN_CHAT
        values: dict[str, Any] = {name: getattr(self, _OTHER_NAMES.get(name, name)) for name in names}
        return ShopRules(**values)

    def reading(self) -> Reading:
        """How the marketplace's orders of this shop are parsed."""
        return Reading(self.category_ids, self.shop_category, self.country)


def load_settings(env_file: str | Path = ".env") -> Settings:
    """Load the settings from the environment and from `env_file` if it exists; the environment wins.

    Raises SettingsProblem with all problems at once, never with the value of a setting.
    """
    written = _read(env_file)
    problems = setting_problems.of_file(written, Settings)
    problems += setting_problems.of_groups(setting_problems.given(written), Settings)
    return _checked(Settings, env_file, problems)


def load_copy_settings(env_file: str | Path = ".env") -> CopySettings:
    """Load only the paths of database, copy and photos; problems with other settings do not matter.

    Raises SettingsProblem.
    """
    return _checked(CopySettings, env_file, setting_problems.of_names(_read(env_file), CopySettings))


def explained() -> str:
    """The text of `.env.example`, from the package of a wheel or from the root of a clone."""
    packaged = Path(__file__).with_name("env.example")
    project = Path(__file__).parents[2] / ".env.example"
    return (packaged if packaged.exists() else project).read_text(encoding="utf-8")


def _read(env_file: str | Path) -> setting_problems.EnvFile:
    try:
        return setting_problems.read_env_file(Path(env_file))
    except setting_problems.UnreadableFile as error:
        raise SettingsProblem([str(error)]) from error


def _checked(model: type[SomeSettings], env_file: str | Path, problems: list[str]) -> SomeSettings:
    settings = None
    try:
        # This reads the sources too, and unlike the constructor needs no argument per setting for mypy.
        settings = model.model_validate({"_env_file": env_file})
    except ValidationError as error:
        problems = [setting_problems.of_value(one, model) for one in error.errors()] + problems
    if settings is None or problems:
        raise SettingsProblem(list(dict.fromkeys(problems)))
    return settings
