"""The client: the link to the order, the limit on contacts, agreements, ready texts."""
