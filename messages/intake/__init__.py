"""Screens of a draft."""
