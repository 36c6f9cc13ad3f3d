"""The outbox, and what is known about sending: send log, notifications, groups that refuse messages."""
