"""Reads of the leader's pages."""
