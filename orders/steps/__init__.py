"""The steps of an order: commands, the events that they lead to, and the function that decides."""
