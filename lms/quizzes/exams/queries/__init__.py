"""Reads of the exams room: sessions, who may sit, where everybody is."""
