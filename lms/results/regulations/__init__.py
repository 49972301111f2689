"""Regulations (*quy chế*) as versioned data, and which one a programme and a class follow."""
