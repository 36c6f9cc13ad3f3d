"""Sends what waits in the outbox: sender, rate limits, live cards, unreachable chats."""
