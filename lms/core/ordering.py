"""Rows in an order that people give: moved up and down, numbered from 1."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from lms.core.db import db

Item = TypeVar("Item")


class Placed(Protocol):
    """A row with a place of its own."""

    position: Any


def moved(order: Sequence[Item], one: Item, *, up: bool) -> list[Item] | None:
    """The order with ``one`` in the place of the item before it, or after it; None at the edge."""
    place = order.index(one)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return None
    found = list(order)
    found[place], found[other] = found[other], found[place]
    return found


def number_from_one(rows: Sequence[Placed]) -> None:
    """Positions from 1, by way of numbers that no row has, since each is unique at every moment; one flush."""
    beyond = max(one.position for one in rows) + len(rows)
    for place, one in enumerate(rows, start=1):
        one.position = beyond + place
    db.session.flush()
    for place, one in enumerate(rows, start=1):
        one.position = place
