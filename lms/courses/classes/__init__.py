"""Classes and enrolments."""
