"""The control interface: drives people, groups and orders, and streams events."""
