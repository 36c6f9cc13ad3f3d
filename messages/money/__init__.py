"""Money reports and payouts as text."""
