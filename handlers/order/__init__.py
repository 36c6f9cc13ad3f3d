"""Conversations about an order: buttons of the card, menus, board, search, history, the group."""
