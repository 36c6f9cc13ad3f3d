"""Conversations with clients, and the staff's conversations about them."""
