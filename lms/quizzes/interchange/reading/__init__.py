"""The middle layer: a stream of lines and tables becomes questions with their keys, or with reasons to doubt."""
