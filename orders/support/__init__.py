"""Rules for the day on which things go wrong: the guide, and what is told to the marketplace's support."""
