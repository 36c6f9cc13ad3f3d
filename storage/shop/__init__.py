"""Shops, their members, hidings, the log of a shop, and its first day."""
