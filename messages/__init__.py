"""What people see: cards, menus, keyboards and texts. Pure: an order goes in, a text comes out."""
