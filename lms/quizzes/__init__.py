"""Question bank, papers, delivery, grading and analysis."""
