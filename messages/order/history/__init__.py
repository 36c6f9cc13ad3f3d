"""The history of an order: on the screen, as plain text for the backup copy, and as a file."""
