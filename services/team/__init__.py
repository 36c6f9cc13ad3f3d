"""Changes of the staff list, accounts of people, and notifications about both."""
