"""One typed line: what the kinds with a text field share."""

from collections.abc import Sequence

from lms.core.vietnamese import clean_name
from lms.quizzes.kinds.base import MalformedAnswer


def read_line(raw: object, max_length: int) -> str | None:
    """The line with its spaces tidied, ``None`` for a blank one.

    Raises :class:`MalformedAnswer` for anything but a text of at most ``max_length`` characters.
    """
    if raw is None:
        return None
    if not isinstance(raw, str) or len(raw) > 4 * max_length:
        raise MalformedAnswer("not a short text")
    text = clean_name(raw)
    if len(text) > max_length:
        raise MalformedAnswer("too long")
    return text or None


def only_value(values: Sequence[str]) -> str | None:
    """The one value that a plain form posts for a line; raises :class:`MalformedAnswer` when there are more."""
    if len(values) > 1:
        raise MalformedAnswer("more than one line")
    return values[0] if values else None
