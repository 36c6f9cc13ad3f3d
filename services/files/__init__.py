"""Files that people send: download, limits of memory, kinds of files, spreadsheets."""
