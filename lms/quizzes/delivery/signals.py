"""News that the floor above may listen to."""

from blinker import Namespace

_signals = Namespace()

attempt_closed = _signals.signal("attempt-closed")
"""An attempt was closed and marked. Receivers run in the sender's transaction; ``sender`` is the ``Attempt``,
``marks`` its ``AttemptMarks``."""
