"""Cards of an order, the order board, history, menus, reminders, and the group chat."""
