"""Orders by hand: drafts, pasted texts, pictures."""
