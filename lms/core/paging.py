"""One page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
PER_PAGE = 30


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of page ``page`` (from 1) of a list of ``total`` rows."""

    items: Sequence[Row]
    page: int
    total: int
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))


def nearest(page: int, total: int, per_page: int = PER_PAGE) -> int:
    """The page asked for, or the nearest there is."""
    return min(max(page, 1), max(1, -(-total // per_page)))
