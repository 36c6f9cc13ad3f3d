"""The data that decide whether a phone rings: last sounds, group members, and where each member listens."""
