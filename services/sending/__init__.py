"""Delivers the outbox: sender, rate limits, live cards, unreachable chats."""
