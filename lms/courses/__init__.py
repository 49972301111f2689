"""Programmes, modules, classes and study."""
