"""The history of an order: as a screen, as plain text for the backup copy, as a file."""
