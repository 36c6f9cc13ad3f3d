"""Screens of the shop: hidden or open, rules, several shops, personal data."""
