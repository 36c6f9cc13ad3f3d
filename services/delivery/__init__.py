"""Routes: kept true, changed by people, and told again when a window is lost."""
