"""Reports: counted, drawn in a child process, and sent each evening (X10)."""
