"""Conversations with a client and about a client."""
