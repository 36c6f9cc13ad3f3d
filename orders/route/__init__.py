"""Rules of routes: in which order one person delivers, and when they arrive (X26)."""
