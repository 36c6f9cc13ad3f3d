"""Route rules: in which order a person delivers, and when they arrive (X26)."""
