"""Settings, wiring, command line and web application."""
