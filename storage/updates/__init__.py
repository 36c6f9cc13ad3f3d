"""Telegram updates: waiting ones, unreadable ones, dialogue states, and files that come late."""
