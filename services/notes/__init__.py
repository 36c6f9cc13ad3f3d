"""The staff's notes on an order, stored with their voice messages and pictures."""
