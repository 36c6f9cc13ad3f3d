"""What is kept of the shop's day: what was said of full hours, and who does not work."""
