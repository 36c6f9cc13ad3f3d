"""What the client asks for, as the staff marks it."""
