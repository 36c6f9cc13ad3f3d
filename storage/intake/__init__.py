"""Drafts of orders."""
