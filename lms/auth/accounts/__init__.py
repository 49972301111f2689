"""People, their sign-in names and roles."""
