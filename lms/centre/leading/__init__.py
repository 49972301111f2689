"""The leader's pages: what to sign, how the classes stand, the month on one sheet."""
