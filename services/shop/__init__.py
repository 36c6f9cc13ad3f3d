"""Hides and opens shops, changes their settings, erases personal data, notifies people of a shop."""
