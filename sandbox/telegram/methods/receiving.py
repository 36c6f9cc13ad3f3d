"""Receiving updates: getUpdates, webhook settings, getMe."""

from sandbox.telegram.api import method
from sandbox.telegram.chats import Json
from sandbox.telegram.errors import bad_request, conflict
from sandbox.telegram.links import BadLinkError, check_link
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram
from sandbox.telegram.updates import MAX_BATCH
from sandbox.telegram.webhook import restart_delivery
from sandbox.telegram.webhook_settings import WebhookSettings

MAX_POLL_SECONDS = 50
_SECRET_CHARS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_MAX_SECRET = 256


@method("getMe")
async def get_me(telegram: Telegram, params: Params) -> object:
    """Return the bot's user."""
    return {
        **telegram.bot_user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("logOut")
async def log_out(telegram: Telegram, params: Params) -> object:
    """Do nothing: the sandbox has no cloud server behind it."""
    return True


@method("close")
async def close(telegram: Telegram, params: Params) -> object:
    """Do nothing."""
    return True


@method("getUpdates")
async def get_updates(telegram: Telegram, params: Params) -> object:
    """Return pending updates; waits up to `timeout` seconds for the first."""
    if telegram.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    telegram.updates.allow(params.json("allowed_updates", "allowed updates"))
    seconds = min(max(params.integer("timeout"), 0), MAX_POLL_SECONDS)
    limit = params.integer("limit", MAX_BATCH)
    batch = await telegram.updates.poll(params.integer("offset"), limit, seconds)
    return [update.as_json() for update in batch]


@method("setWebhook")
async def set_webhook(telegram: Telegram, params: Params) -> object:
    """Set the webhook's URL; an empty one removes it. Unlike Telegram, http and local addresses work."""
    url = params.text("url")
    secret = params.text("secret_token")
    if len(secret) > _MAX_SECRET or set(secret) - _SECRET_CHARS:
        raise bad_request("secret token contains unallowed characters")
    if url:
        _check_url(url)
    telegram.updates.interrupt_poll("terminated by setWebhook request")
    telegram.updates.allow(params.json("allowed_updates", "allowed updates"))
    if params.flag("drop_pending_updates"):
        telegram.updates.clear()
    telegram.webhook = WebhookSettings(url, secret, params.integer("max_connections", 40) or 40)
    restart_delivery(telegram)
    return True


@method("deleteWebhook")
async def delete_webhook(telegram: Telegram, params: Params) -> object:
    """Remove the webhook."""
    if params.flag("drop_pending_updates"):
        telegram.updates.clear()
    telegram.webhook = WebhookSettings()
    restart_delivery(telegram)
    return True


@method("getWebhookInfo")
async def get_webhook_info(telegram: Telegram, params: Params) -> object:
    """Return the webhook's URL and its last error."""
    webhook = telegram.webhook
    info: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.updates),
        "max_connections": webhook.max_connections,
        "allowed_updates": sorted(telegram.updates.allowed),
    }
    if webhook.last_error_date:
        info["last_error_date"] = webhook.last_error_date
        info["last_error_message"] = webhook.last_error_message
    return info


def _check_url(url: str) -> None:
    try:
        check_link(url.replace("://localhost", "://127.0.0.1"))
    except BadLinkError as error:
        raise bad_request(f"invalid webhook URL specified: {error}") from None
