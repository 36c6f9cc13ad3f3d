"""Routes: kept up to date, changed by people, and notified when a window is lost."""
