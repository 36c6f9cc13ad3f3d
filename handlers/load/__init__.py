"""Conversations about the shop's day: its load, its plan, what to buy."""
