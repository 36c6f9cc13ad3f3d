"""The marketplace side: shops, orders, signed webhooks, sample orders."""
