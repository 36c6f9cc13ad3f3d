"""Shared parts of screens: buttons, headings, times, sums, names, answers to taps."""
