"""Conversations about the bell: «Принять все», who sits in the group, where one wants to hear."""
