"""Reports as pictures, sentences and tables (X10)."""
