"""Money reports and their transactions."""
