"""Screens of products, flowers and price lists."""
