"""One bell and one board: orders that ring together, pinned boards, who sits in the group (X14, X15)."""
