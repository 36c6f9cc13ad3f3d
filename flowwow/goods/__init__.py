"""Goods of the marketplace: sync in both directions, and the product feed."""
