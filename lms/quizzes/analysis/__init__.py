"""Item and test statistics."""
