"""Six digits that a learner sets from a slip's QR code, on any phone."""
