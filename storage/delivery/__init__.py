"""Deliveries and routes of couriers, and the spare couriers of a shop."""
