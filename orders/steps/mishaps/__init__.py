"""Steps for problems with an order."""
