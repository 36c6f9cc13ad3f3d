"""Photos of orders: upload, questions about a photo, hand-over photos."""
