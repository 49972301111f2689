"""Practice quizzes: feedback after each question, as often as one likes."""
