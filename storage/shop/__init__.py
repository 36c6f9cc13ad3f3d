"""Shops, times at which they are hidden, and the log of a shop."""
