"""The local marketplace: shops, orders, signed webhooks, sample orders."""
