"""The marketplace: its seller API, its signed webhook, and the import of its orders and goods."""
