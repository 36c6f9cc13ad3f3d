"""What a day, a week or a month came to: counted from the orders themselves (X10)."""
