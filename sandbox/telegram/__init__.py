"""The local Telegram: chats, messages, updates, files, Bot API."""
