"""Screens for emergencies: the guide, and messages to the marketplace's support."""
