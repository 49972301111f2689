"""Marks recorded, published and reported."""
