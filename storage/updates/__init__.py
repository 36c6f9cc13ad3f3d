"""Telegram updates: pending and unreadable ones, states of dialogues, and files that arrive late."""
