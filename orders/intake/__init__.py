"""Orders that arrive as text or are entered by hand: reading a message, and merging two sources."""
