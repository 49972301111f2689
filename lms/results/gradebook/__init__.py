"""Results per learner and their publication."""
