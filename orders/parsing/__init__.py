"""Parsers of values that people write: dates, times, sums, phone extensions, spreadsheet cells."""
