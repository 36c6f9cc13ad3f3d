"""Hides and opens shops, changes their settings, erases personal data, notifies a shop's people."""
