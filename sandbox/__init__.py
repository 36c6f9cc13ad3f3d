"""A local Telegram and a local marketplace over HTTP, to try the bot without a token or the internet."""
