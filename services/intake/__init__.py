"""Drafts: written down, saved as orders, merged with orders."""
