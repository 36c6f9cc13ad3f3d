"""Orders that come in as text or by hand: reading a message as an order, and merging two sources."""
