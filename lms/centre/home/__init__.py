"""The first page after signing in: one next thing for learners, a desk for everybody else."""
