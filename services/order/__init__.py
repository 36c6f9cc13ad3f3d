"""The desk through which an order changes, its recipients, deadlines that fire, refused calls."""
