"""Addresses of the PIN room. A slip's token belongs to whoever holds the slip, so its stories are told in ``tests/auth``."""

from tests.site.fullworld import OTHER, Builder
from tests.site.rows import Row

LEARNERS = ("learner", OTHER)
NO_SLIP = {"token": 0}

ROWS = {
    ("pins.type_code", "GET"): Row(),
    ("pins.slip", "GET"): Row(NO_SLIP, status=(404,)),
    ("pins.set_pin", "POST"): Row(NO_SLIP, data={"pin": "482915"}, status=(404,)),
    ("pins.change", "GET"): Row({}, LEARNERS),
    ("pins.save", "POST"): Row({}, LEARNERS, status=(422,)),
}


def furnish(builder: Builder) -> None:
    """Nothing of its own."""
