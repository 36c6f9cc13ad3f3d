"""Simulates a busy day in one process, with a simulated clock and a Telegram that only counts (X29)."""
