"""How an event and a day are digested: SHA-256 over canonical JSON, so that anybody can check with any tool."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

START = "0" * 64
"""What stands for the digest before the first one of a chain."""


def _plain(value: object) -> object:
    """JSON for the types that operations speak of; ``TypeError`` for any other."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction | Decimal):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"the audit trail can't hold a {type(value).__name__}")


def _refuse_float(text: str) -> object:
    raise TypeError(
        f"the audit trail holds no float ({text}): engines store them differently; pass text or a Fraction"
    )


def _canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def storable(data: Mapping[str, Any] | None) -> dict[str, Any]:
    """``data`` as it will be read back: moments as ISO text in UTC, fractions and decimals as text, tuples as lists.

    Raises ``TypeError`` for floats and for anything that isn't data.
    """
    result: dict[str, Any] = json.loads(
        _canonical(dict(data or {})), parse_float=_refuse_float, parse_constant=_refuse_float
    )
    return result


def event_digest(
    *,
    previous: str,
    subject: tuple[str, int],
    position: int,
    action: str,
    actor: tuple[int | None, str],
    data: Mapping[str, Any],
    at: datetime,
) -> str:
    """The digest of one event: 64 hexadecimal digits over every column and the digest before it."""
    row = [previous, *subject, position, action, *actor, dict(data), at.astimezone(UTC).isoformat()]
    return hashlib.sha256(_canonical(row).encode()).hexdigest()


def day_digest(*, previous: str, day: date, digests: Iterable[str]) -> tuple[int, str]:
    """How many events the day had, and the digest over theirs and the seal of the day before."""
    whole = hashlib.sha256(_canonical([previous, day.isoformat()]).encode())
    count = 0
    for digest in digests:
        whole.update(digest.encode())
        count += 1
    return count, whole.hexdigest()
