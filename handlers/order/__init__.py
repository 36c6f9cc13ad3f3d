"""Conversations about an order: the card's buttons, menus, board, search, history, the group chat."""
