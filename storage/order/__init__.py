"""Orders, their history, deadlines, live cards, and the order board."""
