"""Cards of an order, the order board, history, menus, reminders, the group chat."""
