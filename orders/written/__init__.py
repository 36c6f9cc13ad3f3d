"""Orders as people write them: times, sums and whole texts, read tolerantly. Nothing here ever raises."""
