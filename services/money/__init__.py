"""Imports money reports."""
