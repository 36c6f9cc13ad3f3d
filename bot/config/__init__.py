"""Settings, their validation, and time zone data."""
