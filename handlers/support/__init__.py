"""Conversations for emergencies: the guide, cases for support, claims, gifts."""
