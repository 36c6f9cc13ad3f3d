"""The second way: delivers alarms by other services when Telegram does not take them."""
