"""The order board, changes of an order's details, and steps that the marketplace does not know yet."""
