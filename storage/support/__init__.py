"""Rows of the emergency guide and of the cases for the marketplace's support."""
