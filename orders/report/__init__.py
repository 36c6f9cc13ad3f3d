"""Reports of a day, a week or a month, counted from the orders themselves (X10)."""
