"""Made trouble, off by default: refusals, lost answers, doubled and late updates, by a seeded plan."""
