"""The page that shows the chats side by side."""
