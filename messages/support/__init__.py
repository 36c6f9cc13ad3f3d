"""Screens for the day on which things go wrong: the guide, and messages to the marketplace's support."""
