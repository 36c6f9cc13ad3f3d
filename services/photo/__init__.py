"""Stores photos, checks and scales images, and finds missing photo files."""
