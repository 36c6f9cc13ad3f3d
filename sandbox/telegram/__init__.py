"""The Bot API side: chats, messages, updates, files."""
