"""Accounts, units and access."""
