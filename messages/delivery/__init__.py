"""Screens of couriers and deliveries."""
