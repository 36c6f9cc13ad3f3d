"""Reports: counted, drawn in a process of their own, and sent each evening (X10)."""
