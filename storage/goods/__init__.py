"""Products, flowers, price lists that wait for a decision, and changes to send to the marketplace."""
