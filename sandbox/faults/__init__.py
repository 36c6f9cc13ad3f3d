"""Fault injection by a seeded plan, off by default: refusals, lost answers, repeated and late updates."""
