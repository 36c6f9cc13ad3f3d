"""Delivery rules apart from the steps: unknown addresses, courier search, spare couriers, stopping."""
