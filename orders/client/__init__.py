"""The client: the link to the order, how often the shop may write, agreements, ready texts."""
