"""Reads of the delivery room."""
