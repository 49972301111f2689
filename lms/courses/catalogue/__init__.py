"""Programmes, modules and source documents."""
