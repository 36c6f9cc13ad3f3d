"""Deadlines of an order, and whom a reminder of one concerns."""
