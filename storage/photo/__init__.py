"""Photo files on disk, and photos that are not assigned to an order yet."""
