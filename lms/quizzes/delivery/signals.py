"""News that the floor above may listen to."""

from blinker import Namespace

_signals = Namespace()

attempt_closed = _signals.signal("attempt-closed")
"""An attempt was closed and marked. Receivers run in the sender's transaction; ``sender`` is the ``Attempt``,
``marks`` its ``AttemptMarks``."""

attempt_taken_in = _signals.signal("attempt-taken-in")
"""Staff handed in for a learner. Receivers run in the sender's transaction; ``sender`` is the closed ``Attempt``,
``actor`` who did it and ``reason`` why."""
