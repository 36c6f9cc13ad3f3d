"""A busy day that is only played: which orders come, and what became of them (X29)."""
