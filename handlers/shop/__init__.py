"""Conversations about the shop: hiding it, rules, a person's shops, personal data."""
