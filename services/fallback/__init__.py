"""The second way out, by which alarms leave when Telegram does not take them."""
