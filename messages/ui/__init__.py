"""Parts of screens that all wings share: buttons, headings, times, sums, names, answers to taps."""
