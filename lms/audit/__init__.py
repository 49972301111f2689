"""Who did what: append-only, in the transaction it describes."""
