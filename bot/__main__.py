"""`python -m bot` is the command `florist`."""

from bot.commands.cli import main

main()
