"""One sound and one board: orders that ring together, pinned boards, members of the group (X14, X15)."""
