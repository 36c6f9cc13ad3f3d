"""Notification sounds: who hears which event and reminder, and in which chats (X14)."""
