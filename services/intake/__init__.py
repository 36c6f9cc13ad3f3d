"""Drafts: written down, saved as orders, merged into orders."""
