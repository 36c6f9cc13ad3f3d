"""The order and its parts: people, money, photos, statuses, and the rules that a shop sets."""
