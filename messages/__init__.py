"""What people see: cards, menus, keyboards and texts. Pure functions from an order to a text."""
