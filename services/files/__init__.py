"""Files that people send: downloads, memory limits, file kinds, spreadsheets."""
