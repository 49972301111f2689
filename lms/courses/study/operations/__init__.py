"""Verbs of the study room: lessons, their files and sources, a class's activities, a learner's progress."""
