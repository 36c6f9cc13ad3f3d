"""The emergency guide, support cases, compensations, gifts and branded goods."""
