"""Verbs of the catalogue: programmes, their modules, and the register of source documents."""
