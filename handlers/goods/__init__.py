"""Conversations about products, flowers, price lists and office files."""
