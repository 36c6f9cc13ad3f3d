"""The web page that shows all chats side by side."""
