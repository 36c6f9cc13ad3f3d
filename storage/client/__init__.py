"""Clients' links, the conversation with a client, and photos shown to clients."""
