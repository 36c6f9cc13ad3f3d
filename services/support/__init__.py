"""The emergency guide and the cases for the marketplace's support: who may do what, and what is kept."""
