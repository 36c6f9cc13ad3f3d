"""The outbox, notifications of a shop, the second channel, and groups that refuse messages."""
