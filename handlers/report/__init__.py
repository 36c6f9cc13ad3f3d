"""Reports on request."""
