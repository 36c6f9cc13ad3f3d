"""Products, flowers, pending price lists, and changes to push to the marketplace."""
