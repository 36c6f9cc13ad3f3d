"""The shop's day: load, plan, shopping list, and the unasked messages about them for the chiefs."""
