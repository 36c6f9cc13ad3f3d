"""Troubles, metrics, background jobs, and checks of the machine."""
