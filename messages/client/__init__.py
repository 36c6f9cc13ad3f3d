"""What the client sees, how staff reach the client, and agreements with the client."""
