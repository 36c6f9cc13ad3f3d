"""The director's first day: the list of five steps, and the trial order."""
