"""The shop's day: how many orders each hour has, how many it can have, who assembles what, what to buy."""
