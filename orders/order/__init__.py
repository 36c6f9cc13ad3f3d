"""The order board, changes of an order's details, and steps that the marketplace has not been told yet."""
