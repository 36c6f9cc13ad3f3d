"""What is said about photos, and the checklist before a photo."""
