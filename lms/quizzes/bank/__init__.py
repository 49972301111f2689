"""Topics, questions, immutable versions, import and review."""
