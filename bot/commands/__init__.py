"""The command line: `florist` and its subcommands."""
