"""`florist doctor`: checks Telegram, the running bot, and updates that could not be decoded."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import aiohttp
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError, ClientDecodeError, TelegramNotFound, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot.commands.telegram_way import ADVICE, measure
from bot.config.findings import Finding
from bot.config.settings import Settings
from bot.updates.telegram_webhook import TELEGRAM_PATH
from bot.updates.unread import PASSED_OVER
from services.health.clock import utc_now
from services.health.troubles import TroubleKind
from services.sending.telegram_session import PROXY_FAILURES, TelegramSession
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.db.leader import Leader
from storage.updates import unread_updates

ANSWER_SECONDS = 10
LATELY = timedelta(days=7)
"""Age up to which unreadable updates are reported."""

_STANDING = re.compile(r'^florist_trouble\{kind="(\w+)"\} 1\.0$', re.MULTILINE)

MEND_RIVAL = "another program uses the same BOT_TOKEN: stop it, or get a new token from @BotFather"


async def check_telegram(settings: Settings) -> list[Finding]:
    """Check the token and the webhook's address. Fetches no updates: the running bot keeps them all."""
    session = TelegramSession(Leader(), TelegramAPIServer.from_base(settings.bot_api_url), settings.proxy)
    async with Bot(settings.bot_token.get_secret_value(), session=session) as bot:
        try:
            me = await bot.get_me(request_timeout=ANSWER_SECONDS)
            info = await bot.get_webhook_info(request_timeout=ANSWER_SECONDS)
        except (TelegramUnauthorizedError, TelegramNotFound):
            return [_telegram("does not know BOT_TOKEN; copy it anew from @BotFather")]
        except ClientDecodeError:  # an HTML page of a proxy, or no Bot API server
            words = "answers in a form that is not understood: is that a Bot API server? Check BOT_API_URL"
            return [_telegram(f"the server at {_host(settings.bot_api_url)} {words}")]
        except AiogramError as error:
            return [_telegram(_out_of_reach(settings, error))]
        way = await measure(bot, settings)
    return [Finding("telegram", True, f"@{me.username}"), way, *_webhook(settings, info.url)]


def _out_of_reach(settings: Settings, error: AiogramError) -> str:
    """Says whether the proxy fails or the network behind it."""
    why = next((one for one in PROXY_FAILURES if one in str(error)), None)
    if why is not None:
        return f"out of reach: the proxy of TELEGRAM_PROXY is away, or refuses ({why}); check its address"
    behind = "through TELEGRAM_PROXY " if settings.proxy else ""
    advice = "check the network" if settings.proxy else f"check the network, or {ADVICE}"
    return f"out of reach {behind}({type(error).__name__}); {advice}"


def _telegram(words: str) -> Finding:
    return Finding("telegram", False, words)


def _host(url: str) -> str:
    """Only the host: the rest of the URL may contain a password."""
    return urlsplit(url).hostname or "BOT_API_URL"


def _webhook(settings: Settings, set_url: str) -> list[Finding]:
    """Compare the webhook with the settings. The bot sets it at its start, so another program changed it."""
    own = settings.webhook_url.rstrip("/") + TELEGRAM_PATH if settings.webhook_url else ""
    if not set_url or set_url == own:
        return []
    words = (
        f"Telegram brings them to another address. The bot changes that at its start; if not: {MEND_RIVAL}"
    )
    return [Finding("updates", False, words)]


async def check_running(settings: Settings) -> list[Finding]:
    """Read the troubles of the bot running on this machine from its metrics; no findings if none runs."""
    host = "127.0.0.1" if settings.web_host in {"0.0.0.0", "::"} else settings.web_host  # noqa: S104 - as set
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://{host}:{settings.web_port}/metrics") as answer,
        ):
            page = await answer.text(errors="replace")
    except (aiohttp.ClientError, OSError, ValueError):
        return []
    if TroubleKind.ANOTHER_BOT in _STANDING.findall(page):
        return [Finding("updates", False, f"some of them go elsewhere; {MEND_RIVAL}")]
    return []


async def check_unread(settings: Settings) -> list[Finding]:
    """Updates of the last days that could not be decoded. `check_database` reports a failing database."""
    database = Database(settings.database_url)
    try:
        async with database.snapshot() as c:
            forms = await unread_updates.latest(c)
    except (StorageError, SQLAlchemyError):
        return []
    finally:
        await database.close()
    return [
        Finding(
            "updates",
            form.outcome != PASSED_OVER,
            f"{form.times} {form.outcome} ({form.fault}), the last {form.last_at:%Y-%m-%d %H:%M} UTC, "
            f"number {form.update_id}: {form.shape}. A newer version of the bot may know this form",
        )
        for form in forms
        if utc_now() - form.last_at < LATELY
    ]
