"""Takes in money reports."""
