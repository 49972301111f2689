"""What concerns a centre as a whole."""
