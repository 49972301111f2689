"""What is measured, and how. Each module prints its own table; times stand beside a yardstick of the same run."""
