"""The backup copy: a separate SQLite file."""
