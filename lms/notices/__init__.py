"""Messages to a person, shown in the page."""
