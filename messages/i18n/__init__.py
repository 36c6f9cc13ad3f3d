"""Texts in the languages of the people, a shop's own texts, and escaping of untrusted text."""
