"""Writes the backup copy, compares it with the database, and restores from it."""
