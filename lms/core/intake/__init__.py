"""Taking files in from outside: looked at before they are parsed, read raw, and read in a process of its own.

Pure: knows no browser and no database. What is refused says so by a code with its values; each reader has its own words for
the codes.
"""
