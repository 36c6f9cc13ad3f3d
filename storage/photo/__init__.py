"""Photo files on disk, and photos not assigned to an order yet."""
