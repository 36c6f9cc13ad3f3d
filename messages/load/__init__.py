"""The shop's day: its load, the advice to take fewer orders, the plan, the shopping list."""
