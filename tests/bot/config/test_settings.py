from __future__ import annotations

import os
from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.config.settings import Settings, SettingsProblem, load_copy_settings, load_settings
from orders.model.details import Category
from orders.model.money import Money
from orders.model.rules import HandoverProof, ShopRules

EXAMPLE_FILE = Path(__file__).parents[3] / ".env.example"
TOKEN = "123456789:AAverysecretverysecretverysecretsec"
NEEDED = {"BOT_TOKEN": TOKEN, "SHOP_NAME": "Цветы на Лесной", "DIRECTOR_PHONE": "8 (916) 123-45-67"}
MARKETPLACE = {"FLOWWOW_TOKEN": "seller-token", "FLOWWOW_SHOP_ID": "501", "FLOWWOW_WEBHOOK_SECRET": "hush"}
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.upper() in NAMES:
            monkeypatch.delenv(name)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def load(env_file: Path, **changes: str | None) -> Settings:
    values = {**NEEDED, **changes}
    lines = [f"{name}={value}" for name, value in values.items() if value is not None]
    env_file.write_text("\n".join(lines), encoding="utf-8")
    return load_settings(env_file)


def problems(env_file: Path, **changes: str | None) -> list[str]:
    with pytest.raises(SettingsProblem) as caught:
        load(env_file, **changes)
    return caught.value.problems


def example_values() -> dict[str, str]:
    """Every `NAME=value` line of the example file, and where the value is empty the example above it."""
    values: dict[str, str] = {}
    example = ""
    for line in EXAMPLE_FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# Example: "):
            example = line.removeprefix("# Example: ")
        elif line and not line.startswith("#"):
            name, _, value = line.partition("=")
            assert name not in values
            values[name] = value or example.removeprefix(f"{name}=")
    return values


def test_three_settings_are_enough(env_file: Path) -> None:
    settings = load(env_file)

    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.director_phone == "+79161234567"
    assert settings.webhook_url is None
    assert not settings.has_marketplace
    assert settings.rules() == ShopRules()


def test_the_example_file_names_every_setting_and_no_other() -> None:
    assert sorted(example_values()) == sorted(NAMES)


def test_the_values_of_the_example_file_are_the_defaults(env_file: Path) -> None:
    needed = "\n".join(f"{name}={value}" for name, value in NEEDED.items())
    env_file.write_text(EXAMPLE_FILE.read_text(encoding="utf-8") + needed, encoding="utf-8")

    from_example = load_settings(env_file)

    assert from_example == load(env_file)
    written = EXAMPLE_FILE.read_text(encoding="utf-8").splitlines()
    empty = {line.removesuffix("=") for line in written if line.endswith("=")}
    fields = Settings.model_fields
    assert empty == {*NEEDED, *(name for name in NAMES if not fields[name.lower()].get_default())}


def test_every_example_of_the_example_file_is_taken(env_file: Path) -> None:
    assert load(env_file, **example_values()).has_marketplace


def test_every_example_in_a_problem_is_one_that_is_taken(env_file: Path) -> None:
    examples = {name: str((Settings.model_fields[name.lower()].examples or [""])[0]) for name in NAMES}

    assert all(examples.values())
    assert load(env_file, **examples).has_marketplace


def test_the_environment_wins_over_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_NAME", "Ромашка")

    assert load(env_file).shop_name == "Ромашка"


def test_the_environment_alone_is_enough(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NEEDED.items():
        monkeypatch.setenv(name, value)

    assert load_settings(env_file).shop_name == "Цветы на Лесной"


def test_a_file_with_a_mark_at_its_beginning_is_read(env_file: Path) -> None:
    lines = "\n".join(f"{name}={value}" for name, value in NEEDED.items())
    env_file.write_text(lines, encoding="utf-8-sig")

    assert load_settings(env_file).bot_token.get_secret_value() == TOKEN


def test_all_that_the_shop_may_change_reaches_its_rules(env_file: Path) -> None:
    rules = load(
        env_file,
        SHOP_TIMEZONE="Asia/Almaty",
        DIRECTOR_PHONE="8 701 123 45 67",
        ACCEPT_MINUTES="0.5",
        ACCEPT_REMINDERS="0.1, 0.25",
        ACCEPT_REPEAT_MINUTES="0.2",
        PHOTO_REMINDERS="20,5",
        RATING_MINUTES="12",
        ASSEMBLE_MINUTES="0",
        TRAVEL_MINUTES="55",
        LEG_MINUTES="15",
        DOOR_MINUTES="0",
        SPEED_KMH="30",
        ROAD_PERCENT="150",
        EARLY_MINUTES="20",
        LATE_REPEAT_MINUTES="7.5",
        THIRD_PARTY_MINUTES="25",
        RETURN_MINUTES="45",
        STOP_REPEAT_MINUTES="2",
        UNDO_MINUTES="0",
        ARCHIVE_HOURS="24",
        ERASE_DAYS="30",
        OPENS_AT="8:30",
        PACK_AT="6:45",
        REPORT_AT="20:15",
        ORDERS_PER_HOUR="14",
        FLORIST_PER_HOUR="5",
        SHOPPING_AT="20:15",
        REOPEN_REMINDER_MINUTES="5",
        COMMISSION_PERCENT="20",
        COMMISSION_BY_CATEGORY="live_plants:15, confectionery:12.5",
        COMMISSION_FIXED="50 KZT",
        ACQUIRING_PERCENT="2.5",
        ACQUIRING_FIXED="5.50 KZT",
        DELIVERY_FEE="1500.50 KZT",
        DECLINE_NEW_PERCENT="0",
        DECLINE_ACCEPTED_PERCENT="120",
        DECLINES_FREE="2",
        DECLINES_MOST="4",
        DECLINE_STARS="2",
        HANDOVER_PROOF="Code",
        COME_BACK_DAYS="2, 7",
        DISPUTE_HOURS="48",
        DISPUTE_FIRST_HOURS="12",
        DISPUTE_LAST_HOURS="2",
    ).rules()

    assert rules == ShopRules(
        timezone="Asia/Almaty",
        country="KZ",
        accept_minutes=0.5,
        accept_reminders=(0.1, 0.25),
        accept_repeat_minutes=0.2,
        photo_before_minutes=(20, 5),
        rating_minutes=12,
        assemble_minutes=0,
        travel_minutes=55,
        leg_minutes=15,
        door_minutes=0,
        speed_kmh=30,
        road_percent=150,
        early_minutes=20,
        late_repeat_minutes=7.5,
        third_party_minutes=25,
        return_minutes=45,
        stop_repeat_minutes=2,
        undo_minutes=0,
        erase_days=30,
        archive_hours=24,
        opens_at=time(8, 30),
        pack_at=time(6, 45),
        report_at=time(20, 15),
        orders_per_hour=14,
        florist_per_hour=5,
        shopping_at=time(20, 15),
        reopen_reminder_minutes=5,
        commission_percent=Decimal(20),
        commission_by_category=(
            (Category.LIVE_PLANTS, Decimal(15)),
            (Category.CONFECTIONERY, Decimal("12.5")),
        ),
        commission_fixed=Money(5000, "KZT"),
        acquiring_percent=Decimal("2.5"),
        acquiring_fixed=Money(550, "KZT"),
        delivery_fee=Money(150050, "KZT"),
        decline_new_percent=Decimal(0),
        decline_accepted_percent=Decimal(120),
        declines_free=2,
        declines_most=4,
        decline_stars=2,
        handover_proof=HandoverProof.CODE,
        come_back_days=(2, 7),
        dispute_hours=48,
        dispute_first_hours=12,
        dispute_last_hours=2,
    )
    assert rules.accept_within == timedelta(seconds=30)


def test_the_marketplace_is_read_as_the_settings_say(env_file: Path) -> None:
    settings = load(
        env_file, **MARKETPLACE, CATEGORY_IDS="1:flowers_gifts, 7:other", SHOP_CATEGORY="confectionery"
    )

    assert settings.flowwow_shop_id == 501
    reading = settings.reading()
    assert reading.categories == {1: Category.FLOWERS_GIFTS, 7: Category.OTHER}
    assert reading.default_category is Category.CONFECTIONERY
    assert reading.region == "RU"


def test_a_local_phone_is_of_the_country_of_the_time_zone(env_file: Path) -> None:
    local = load(env_file, SHOP_TIMEZONE="Europe/Berlin", DIRECTOR_PHONE="0151 23456789")

    assert local.director_phone == "+4915123456789"


def test_a_time_zone_of_no_country_wants_the_whole_phone_number(env_file: Path) -> None:
    assert load(env_file, SHOP_TIMEZONE="UTC", DIRECTOR_PHONE="+79161234567").country is None
    (problem,) = problems(env_file, SHOP_TIMEZONE="UTC", DIRECTOR_PHONE="89161234567")
    assert problem == (
        "DIRECTOR_PHONE is wrong, it must be a phone number, with + and the country code unless it is of the "
        "shop's country. Example: DIRECTOR_PHONE=+79161234567"
    )


@pytest.mark.parametrize("name", NEEDED)
def test_a_needed_setting_that_is_missing_is_named(env_file: Path, name: str) -> None:
    for missing in (None, "", "  "):
        (problem,) = problems(env_file, **{name: missing})

        assert problem.startswith(f"{name} is missing, it must be ")
        assert f"Example: {name}=" in problem


WRONG = {
    "BOT_TOKEN": ["wrong-secret", "12:short", f"bot{TOKEN}", f"{TOKEN}\\n"],
    "BOT_API_URL": [
        "api.telegram.org",
        "ftp://api.telegram.org",
        "https://",
        "https://user@host",
        "http://a:b",
    ],
    "TELEGRAM_PROXY": [
        "proxy.example.com:1080",
        "socks5://wrong-secret@proxy.example.com",
        "https://proxy.example.com:1080",
        "socks5://proxy.example.com:1080/wrong-secret",
        "http://:8080",
        "http://a:b",
    ],
    "FALLBACK_URLS": ["director@example.com", "json://a wrong-secret", "://wrong-secret"],
    "FALLBACK_SECONDS": ["0", "soon"],
    "DATABASE_URL": ["orders.db", "sqlite:///orders.db", "postgresql://wrong-secret@host/name"],
    "WEBHOOK_URL": ["bot.example.com", "http://bot.example.com", "https://[", "https://a.example/?x=1"],
    "WEBHOOK_SECRET": ["wrong secret", "wrong-secret!", "ж", "a" * 257],
    "WEB_PORT": ["0", "65536", "eighty", "80.5"],
    "SHOP_NAME": ["ж" * 201, "\u3164", "\u200d\u2800"],
    "SHOP_TIMEZONE": ["Moscow", "Europe/Atlantis", "../../etc/passwd", "UTC+3"],
    "SHOP_LANGUAGE": ["de", "russian"],
    "SHOP_CATEGORY": ["flowers", "цветы"],
    "DIRECTOR_PHONE": ["director", "12", "+", "8 916 123-45-67 доб. 5", "9" * 300],
    "GROUP_CHAT_ID": ["1001234567890", "0", "@group", "-1.5"],
    "FLOWWOW_API_URL": ["apis.flowwow.com", "https:/apis"],
    "FLOWWOW_TOKEN": ["wrong secret", "ж", "t" * 4096],
    "FLOWWOW_SHOP_ID": ["shop", "0", "-5"],
    "FEED_SECRET": ["short-secret", "wrong secret of words", "с" * 20],
    "FEED_SECRETS": [
        "67890",
        "67890:short-secret",
        "first:long-wrong-secret-of-a-shop",
        "67890:long-wrong-secret-of-a-shop,67891:long-wrong-secret-of-a-shop",
    ],
    "CATEGORY_IDS": ["flowers_gifts", "1:roses", "one:other", "1:other:2", "1:other,"],
    "ACCEPT_MINUTES": ["0", "-1", "soon", "nan", "inf", "1e300"],
    "ACCEPT_REMINDERS": ["5;10", "5,", "0,5", "five"],
    "ACCEPT_REPEAT_MINUTES": ["0", "often"],
    "PHOTO_REMINDERS": ["30 10", "30,", "0"],
    "RATING_MINUTES": ["0", "soon"],
    "ASSEMBLE_MINUTES": ["-1", "soon"],
    "TRAVEL_MINUTES": ["-40", "far"],
    "LEG_MINUTES": ["0", "far"],
    "DOOR_MINUTES": ["-1", "far"],
    "SPEED_KMH": ["0", "151", "fast"],
    "ROAD_PERCENT": ["99", "1.5", "long"],
    "LATE_REPEAT_MINUTES": ["0", "often"],
    "THIRD_PARTY_MINUTES": ["0", "inf"],
    "RETURN_MINUTES": ["0", "inf"],
    "STOP_REPEAT_MINUTES": ["0", "now"],
    "UNDO_MINUTES": ["-1", "never"],
    "ARCHIVE_HOURS": ["0", "1000000"],
    "COME_BACK_DAYS": ["0", "31", "1.5", "1,2,3", "soon"],
    "ERASE_DAYS": ["0", "inf", "4000"],
    "PACK_AT": ["25:00", "утром"],
    "REPORT_AT": ["25:00", "--", "off"],
    "ORDERS_PER_HOUR": ["0", "501", "many"],
    "FLORIST_PER_HOUR": ["0", "61", "2.5"],
    "SHOPPING_AT": ["24:00", "вечером"],
    "OPENS_AT": ["25:00", "9", "09:60", "32400", "утром", "09:00:00"],
    "REOPEN_REMINDER_MINUTES": ["0", "soon"],
    "COMMISSION_PERCENT": ["20%", "-1", "101", "NaN"],
    "COMMISSION_BY_CATEGORY": ["flowers:15", "live_plants", "live_plants:101", "live_plants:NaN"],
    "COMMISSION_FIXED": ["50%", "-50"],
    "ACQUIRING_PERCENT": ["2,5", "Infinity"],
    "ACQUIRING_FIXED": ["five"],
    "DELIVERY_FEE": ["350 rub", "-1", "1e5", "350.005", "free"],
    "DECLINE_NEW_PERCENT": ["-1", "all"],
    "DECLINE_ACCEPTED_PERCENT": ["1001"],
    "DECLINES_FREE": ["-1", "101", "one"],
    "DECLINES_MOST": ["0", "101"],
    "DECLINE_STARS": ["6"],
    "HANDOVER_PROOF": ["sms"],
    "DISPUTE_HOURS": ["0", "three"],
    "DISPUTE_FIRST_HOURS": ["-1"],
    "DISPUTE_LAST_HOURS": ["721"],
    "LOG_LEVEL": ["loud", "10"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_wrong_value_is_one_plain_line_without_the_value(env_file: Path, name: str, value: str) -> None:
    others = {**MARKETPLACE, "WEBHOOK_URL": "https://bot.example.com", "WEBHOOK_SECRET": "s"}

    (problem,) = problems(env_file, **{**others, name: f"'{value}'"})

    assert problem.startswith(f"{name} is wrong, it must be ")
    assert f"Example: {name}=" in problem
    assert "wrong-secret" not in problem
    assert "\n" not in problem
    assert not any(word in problem.lower() for word in ("pydantic", "validation", "input", "type="))


def test_several_problems_are_told_at_once(env_file: Path) -> None:
    found = problems(
        env_file,
        BOT_TOKEN=None,
        SHOP_NAME=None,
        WEB_PORT="x",
        WEBHOOK_URL="https://b.example",
        FLOWWOW_TOKEN="t",
    )

    assert [line.split()[0] for line in found] == [
        "BOT_TOKEN",
        "WEB_PORT",
        "SHOP_NAME",
        "WEBHOOK_SECRET",
        "FLOWWOW_SHOP_ID",
        "FLOWWOW_WEBHOOK_SECRET",
    ]


def test_two_wrong_items_of_one_list_are_one_problem(env_file: Path) -> None:
    assert len(problems(env_file, ACCEPT_REMINDERS="a,b,c")) == 1


@pytest.mark.parametrize("missing", MARKETPLACE)
def test_the_marketplace_needs_all_three_or_none(env_file: Path, missing: str) -> None:
    (problem,) = problems(env_file, **{**MARKETPLACE, missing: ""})

    assert problem.startswith(
        f"{missing} is missing, FLOWWOW_TOKEN, FLOWWOW_SHOP_ID, FLOWWOW_WEBHOOK_SECRET go together. Example: "
    )


def test_a_webhook_needs_its_secret(env_file: Path) -> None:
    (problem,) = problems(env_file, WEBHOOK_URL="https://bot.example.com")

    assert problem.startswith("WEBHOOK_SECRET is missing, WEBHOOK_URL needs it. Example: WEBHOOK_SECRET=")


def test_a_webhook_on_ones_own_machine_needs_no_https(env_file: Path) -> None:
    settings = load(env_file, WEBHOOK_URL="http://127.0.0.1:8081/", WEBHOOK_SECRET="s")

    assert settings.webhook_url == "http://127.0.0.1:8081"


def test_a_name_that_is_nearly_ours_is_pointed_out(env_file: Path) -> None:
    missing, misspelt = problems(env_file, BOT_TOKEN=None, BOT_TOKN=TOKEN)

    assert missing.startswith("BOT_TOKEN is missing")
    assert misspelt == f"BOT_TOKN in {env_file} is no setting. Did you mean BOT_TOKEN?"
    (alone,) = problems(env_file, ACCEPT_MINUTE="20")
    assert alone.endswith("Did you mean ACCEPT_MINUTES?")


def test_names_of_other_programs_are_left_alone(env_file: Path) -> None:
    settings = load(env_file, COMPOSE_PROJECT_NAME="florist", PATH_TO_NOWHERE="x", shop_language="EN")

    assert settings.shop_language == "en"


def test_a_line_that_says_nothing_is_named_by_its_number(env_file: Path) -> None:
    env_file.write_text(
        "\n".join([*(f"{k}={v}" for k, v in NEEDED.items()), "LOG_LEVEL debug"]), encoding="utf-8"
    )

    with pytest.raises(SettingsProblem) as caught:
        load_settings(env_file)

    assert caught.value.problems == [f"{env_file} line 4 cannot be read. Example: NAME=value"]


def test_a_file_that_is_no_text_is_one_plain_line(env_file: Path) -> None:
    env_file.write_bytes("SHOP_NAME=Цветы".encode("cp1251"))

    with pytest.raises(SettingsProblem, match="save it as UTF-8 text"):
        load_settings(env_file)


def test_a_folder_in_place_of_the_file_is_one_plain_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsProblem, match="cannot be read"):
        load_settings(tmp_path)


def test_no_secret_shows_when_the_settings_are_printed(env_file: Path) -> None:
    settings = load(
        env_file,
        **MARKETPLACE,
        WEBHOOK_URL="https://bot.example.com",
        WEBHOOK_SECRET="whisper",
        DATABASE_URL="postgresql+asyncpg://florist:pa55word@localhost/orders",
    )

    for secret in (TOKEN, "seller-token", "hush", "whisper", "pa55word"):
        assert secret not in f"{settings!r} {settings}"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Asia/Ekaterinburg", "Asia/Yekaterinburg"),
        ("europe/moscow", "Europe/Moscow"),
        ("Moscow", "Europe/Moscow"),
        ("Москва", "Europe/Moscow"),
        ("UTC+3", "Europe/Moscow or Europe/Minsk"),
    ],
)
def test_a_time_zone_that_is_nearly_right_is_answered_with_what_was_meant(
    env_file: Path, words: str, meant: str
) -> None:
    [problem] = problems(env_file, SHOP_TIMEZONE=words)
    assert problem.startswith("SHOP_TIMEZONE is wrong")
    assert problem.endswith(f"Did you mean {meant}?")


@pytest.mark.parametrize("name", ["SHOP_NAME", "BACKUP_PATH", "PHOTOS_PATH", "TEXTS_PATH"])
def test_a_value_that_a_comment_sign_would_cut_is_refused_and_kept_whole_in_quotes(
    env_file: Path, name: str
) -> None:
    [problem] = problems(env_file, **{name: "Цветы #1"})
    assert problem.startswith(f"{name} in {env_file} has a # after a space")
    assert f'{name}="..."' in problem
    for quoted in ('"Цветы #1"', "'Цветы #1'"):
        assert str(getattr(load(env_file, **{name: quoted}), name.lower())) == "Цветы #1"
    assert str(getattr(load(env_file, **{name: "Цветы#1"}), name.lower())) == "Цветы#1"


def test_a_comment_behind_a_value_that_has_no_spaces_is_a_comment(env_file: Path) -> None:
    assert load(env_file, SHOP_TIMEZONE="Asia/Omsk  # where we are").shop_timezone == "Asia/Omsk"


def test_the_copy_is_found_though_other_settings_are_missing_or_wrong(env_file: Path) -> None:
    env_file.write_text(
        "WEB_PORT=x\nthis line says nothing\nBACKUP_PATH=/mnt/usb/copy.db\n", encoding="utf-8"
    )
    found = load_copy_settings(env_file)
    assert found.backup_path == Path("/mnt/usb/copy.db")
    assert found.database_url == "sqlite+aiosqlite:///data/orders.db"
    env_file.write_text("BACKUP_PTH=/mnt/usb/copy.db\n", encoding="utf-8")
    with pytest.raises(SettingsProblem, match="Did you mean BACKUP_PATH"):
        load_copy_settings(env_file)
