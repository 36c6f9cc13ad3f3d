"""The sandbox's configuration: people, groups, shops, the bot."""

import json
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

DEMO_BOT_TOKEN = "100:demo-token_AAGkq7Zr2Vx9LmPw4tYc8sHd"  # noqa: S105 - valid only in the sandbox
DEMO_SELLER_TOKEN = "demo-seller-token"  # noqa: S105 - the sandbox's own
DEMO_WEBHOOK_SECRET = "demo-webhook-secret"  # noqa: S105 - the sandbox's own


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(_Frozen):
    """A person with a phone and a Telegram account; `title` is the page's heading of their chat."""

    key: str
    id: int
    first_name: str
    last_name: str | None = None
    phone: str
    language_code: str = "ru"
    username: str | None = None
    title: str


class Group(_Frozen):
    """A group chat with the bot as a member; `members` are keys of people."""

    key: str
    id: int = Field(lt=0)
    title: str
    members: list[str]
    bot_is_admin: bool = False


class Shop(_Frozen):
    """A shop of the marketplace, with the seller's token and its webhook's address."""

    shop_id: int
    name: str
    token: str
    webhook_url: str | None = None
    webhook_secret: str
    currency: str = "RUB"
    timezone: str = "Europe/Moscow"


class Limits(_Frozen):
    """Rate limits for messages sent or edited; None means no limit. Telegram's limits are 30, 1 and 20."""

    bot_per_second: int | None = Field(default=None, ge=1)
    chat_per_second: int | None = Field(default=None, ge=1)
    group_per_minute: int | None = Field(default=None, ge=1)


class SandboxConfig(_Frozen):
    """The whole configuration; `orders_first_page` is the number of the order list's first page."""

    bot_token: str = Field(pattern=r"^\d+:[A-Za-z0-9_-]{35}$")
    bot_username: str
    bot_name: str = "Помощник магазина"
    people: list[Person]
    groups: list[Group] = []
    marketplace: list[Shop] = []
    orders_first_page: int = Field(default=1, ge=0, le=1)
    limits: Limits = Limits()
    language: str = "ru"

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read the configuration from a JSON file."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return cls.model_validate(data)

    @property
    def bot_id(self) -> int:
        """The bot's user id: the part of its token before the colon."""
        return int(self.bot_token.partition(":")[0])


_NAMES = {
    "ru": {
        "director": ("Анна", "Директор"),
        "florist": ("Оля", "Флорист"),
        "courier": ("Пётр", "Курьер"),
        "client": ("Игорь", "Клиент"),
    },
    "en": {
        "director": ("Anna", "Director"),
        "florist": ("Olivia", "Florist"),
        "courier": ("Peter", "Courier"),
        "client": ("Gregory", "Client"),
    },
}
_SHOP = {"ru": ("Цветы на Лесной", "заказы"), "en": ("Forest Street Flowers", "orders")}
_BOT = {"ru": "Помощник магазина", "en": "Shop assistant"}


def demo_config(bot_url: str, language: str = "ru") -> SandboxConfig:
    """Create the demo world: one shop, its director, florist and courier with their group, and a client.

    `bot_url` is the address of the bot's web application; `language` is "ru" or "en".
    """
    shop, orders = _SHOP[language]
    return SandboxConfig(
        bot_token=DEMO_BOT_TOKEN,
        bot_username="florist_demo_bot",
        bot_name=_BOT[language],
        language=language,
        people=[
            Person(
                key=key,
                id=1001 + place,
                first_name=name,
                phone=f"+7999000000{place + 1}",
                language_code=language,
                title=f"{title} · {name}",
            )
            for place, (key, (name, title)) in enumerate(_NAMES[language].items())
        ],
        groups=[
            Group(
                key="group",
                id=-1005001,
                title=f"{shop} · {orders}",
                members=["director", "florist", "courier"],
            )
        ],
        marketplace=[
            Shop(
                shop_id=501,
                name=shop,
                token=DEMO_SELLER_TOKEN,
                webhook_url=f"{bot_url.rstrip('/')}/flowwow",
                webhook_secret=DEMO_WEBHOOK_SECRET,
            )
        ],
    )
