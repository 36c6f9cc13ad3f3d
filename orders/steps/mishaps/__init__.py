"""Steps for when something goes wrong with an order."""
