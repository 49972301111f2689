"""Lists of the learners whom units send to a class."""
