"""The emergency guide and the cases for the marketplace's support: checks rights, stores changes."""
