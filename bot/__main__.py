"""`python -m bot` is the command `florist`."""

from bot.cli import main

main()
