"""What rings and what is pinned: the message of all orders that wait, the board of the day."""
