"""Conversations for the day on which things go wrong: the guide and the cases for support."""
