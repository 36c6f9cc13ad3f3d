"""Reads values that people write: dates, times, sums, phone extensions, cells of a spreadsheet."""
