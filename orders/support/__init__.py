"""Rules for emergencies: the guide, and cases for the marketplace's support."""
