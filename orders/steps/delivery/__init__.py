"""Steps on the way from the shop to the hand-over."""
