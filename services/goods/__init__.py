"""Changes of goods, price lists, and notifications about goods."""
