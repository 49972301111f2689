"""Question documents: bytes in, neutral questions out; pure, one file a format."""
