"""Handlers for new-order notifications: «Принять все», group members, where a person wants to be notified."""
