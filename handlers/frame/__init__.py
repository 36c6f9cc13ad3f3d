"""Shared by all handlers: who asks, from which shop, how a command is answered, dialogues."""
