"""Messages about photos, and the checklist before a photo."""
