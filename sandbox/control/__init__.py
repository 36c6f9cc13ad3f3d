"""What drives the sandbox from outside: people, groups, orders, the stream of events."""
