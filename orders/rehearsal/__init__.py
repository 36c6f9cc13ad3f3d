"""The rehearsal of a busy day: which orders come in, and the result (X29)."""
