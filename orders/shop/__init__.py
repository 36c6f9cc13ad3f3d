"""Rules of a shop, times at which it is hidden, time zones, and erasure of personal data."""
