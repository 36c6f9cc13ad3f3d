"""Plays a busy day in this process, against a clock that is set and a Telegram that only counts (X29)."""
