"""The order and what it consists of: people, money, photos, statuses, and the rules that a shop sets."""
