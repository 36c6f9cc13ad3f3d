"""The shop's day: load by hour, capacity, who assembles what, what to buy."""
