"""Deadlines of an order, and who is reminded of them."""
