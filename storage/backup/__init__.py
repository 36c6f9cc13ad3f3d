"""The backup copy: a SQLite file of its own."""
