"""Connecting, joining and the staff list."""
