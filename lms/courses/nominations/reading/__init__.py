"""Reading a roster: bytes in, people out; pure, and run in a process of its own."""
