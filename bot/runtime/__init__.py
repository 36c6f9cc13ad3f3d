"""The running bot: wiring, start and stop, web server, logging."""
