"""What the staff say about an order: kept with its voice messages and pictures."""
