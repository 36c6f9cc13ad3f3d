"""Rules of photos outside of the steps: the checklist before a photo, and limits for its quality."""
