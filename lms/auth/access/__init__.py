"""Sign-in, sessions and throttling."""
