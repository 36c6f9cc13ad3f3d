"""Advice sent about full hours, days off, and the orders delivered in a period."""
