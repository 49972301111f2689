"""Verbs of the delivery room."""
