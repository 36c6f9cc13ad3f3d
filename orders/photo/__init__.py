"""Photo rules apart from the steps: the checklist before a photo, and limits for its quality."""
