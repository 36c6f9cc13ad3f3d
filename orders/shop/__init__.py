"""Shop rules, hiding the shop, time zones, and erasure of personal data."""
