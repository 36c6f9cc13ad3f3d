"""Products, recipes, flowers in stock, and price lists."""
