"""How much of a class may be missed: the regulation says it, and regulations live above this floor."""

from collections.abc import Callable
from fractions import Fraction

DEFAULT = Fraction(1, 5)
"""At most 20 % of the periods, the usual rule."""
_providers: list[Callable[[int], Fraction | None]] = []


def plug_in_limit(provider: Callable[[int], Fraction | None]) -> None:
    """Let a room above say the limit of a class, by its id, as a share of all periods; None: it has no word on it."""
    _providers[:] = [provider]


def absence_limit(class_id: int) -> Fraction:
    """The largest share of a class's periods that may be missed."""
    for provider in _providers:
        found = provider(class_id)
        if found is not None:
            return found
    return DEFAULT
