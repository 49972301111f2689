"""Attempts, answer saves, deadlines, monitor: the hot path."""
