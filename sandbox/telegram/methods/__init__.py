"""One module per group of Bot API methods."""
