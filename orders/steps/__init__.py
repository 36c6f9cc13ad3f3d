"""The steps of an order: commands, events, and the functions that decide."""
