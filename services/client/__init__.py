"""Clients' links, their cards and photos, and the conversation between client and shop."""
