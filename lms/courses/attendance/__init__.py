"""The timetable of a class and the roll called at each half day."""
