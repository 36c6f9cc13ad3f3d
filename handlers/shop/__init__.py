"""Conversations about the shop: hide and open, rules, several shops, personal data."""
