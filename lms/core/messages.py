"""Message texts as plain data: an identifier (the Vietnamese text itself) and its named parameters.

Packages that know no browser say what they mean with a :class:`Message`; the web floor translates it.
``N_`` marks a text for extraction and does nothing else (``pybabel extract -k N_``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Param = str | int


def N_(text: str) -> str:  # noqa: N802 - gettext's customary name for "mark, don't translate"
    """Return ``text`` unchanged; the call only tells the extractor that it is a message id."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A text to show: ``id`` with ``%(name)s`` placeholders, filled from ``params`` after translation."""

    id: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def __str__(self) -> str:
        """The untranslated (Vietnamese) text with its parameters filled in."""
        return self.id % self.params if self.params else self.id
