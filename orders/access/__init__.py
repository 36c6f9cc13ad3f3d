"""Who may do what with an order, and which parts of it they may read."""
