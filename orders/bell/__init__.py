"""Who hears what: one table of events and reminders, and where each person's phone rings (X14)."""
