"""Screens of the staff list and of account claims."""
