"""Conversations about deliveries and spare couriers."""
