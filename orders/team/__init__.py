"""The people on a shop's staff list, and invitations."""
