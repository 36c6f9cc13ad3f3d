"""The message that lists all waiting orders, the pinned board of the day, notification settings."""
