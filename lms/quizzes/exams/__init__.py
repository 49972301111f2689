"""Exam sessions (*ca thi*): candidate numbers, rooms and seats, the door, incidents and minutes."""
