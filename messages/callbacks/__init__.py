"""Callback data of the buttons: ids only, at most 64 bytes."""
