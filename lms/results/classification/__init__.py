"""Pure: from a learner's marks to the result, by a regulation's components, rounding, conditions and bands."""
