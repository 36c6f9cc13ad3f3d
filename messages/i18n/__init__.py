"""Translated texts, a shop's own texts, escaping of untrusted text."""
