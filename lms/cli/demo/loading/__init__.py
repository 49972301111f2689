"""Building the demo centre in an empty database, and keeping its open assessment open."""
