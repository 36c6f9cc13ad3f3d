"""Settings: their values, what is wrong with them, time zone data."""
