"""All randomness: secrets that nobody can guess, and orders that anybody can rebuild.

An order depends on a stored seed and the items' ids through BLAKE2b alone, so it is the same on every Python
version and machine, and doesn't depend on the order in which a query returned the items.
"""

import secrets
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32 in lower case: no i, l, o, u."""

SEED_BITS = 63
"""A seed is 0 ≤ seed < 2**63, so it fits a signed 64-bit column."""


def new_seed() -> int:
    """A fresh unguessable seed."""
    return secrets.randbits(SEED_BITS)


def _digest(seed: int, text: str, size: int = 16) -> bytes:
    return blake2b(text.encode(), digest_size=size, key=seed.to_bytes(8, "big")).digest()


def derive(seed: int, *parts: str | int) -> int:
    """A seed of its own for a named part of the whole (``derive(attempt.seed, "slot", 3)``).

    Use it whenever one stored seed orders more than one list: the options of two questions are both called a, b,
    c, d and would otherwise be shuffled alike.
    """
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in parts)
    return int.from_bytes(_digest(seed, "derive\x1e" + text, 8), "big") >> (64 - SEED_BITS)


def order(items: Iterable[T], seed: int, key: Callable[[T], str | int]) -> list[T]:
    """``items`` in the order that ``seed`` gives them; ``key`` returns an item's id, distinct among them."""
    return sorted(items, key=lambda item: _digest(seed, str(key(item))))


def pick(items: Iterable[T], n: int, seed: int, key: Callable[[T], str | int]) -> list[T]:
    """The first ``n`` items in that order, each set of ``n`` equally likely; all of them when there are fewer."""
    return order(items, seed, key)[: max(0, n)]


def token(length: int = 16) -> str:
    """A random public id of ``length`` characters, 5 bits each. An identifier, never a secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def secret() -> str:
    """A 256-bit secret, safe in URLs and cookies."""
    return secrets.token_urlsafe(32)


def one_time_password() -> str:
    """A password to read from a slip and type on a phone: ``k7mpq-29xqd``, 50 bits; to be changed at first use."""
    return f"{token(5)}-{token(5)}"


def pin(digits: int = 6) -> str:
    """A random PIN of ``digits`` decimal digits, leading zeros kept."""
    return "".join(secrets.choice("0123456789") for _ in range(digits))


_LOOKALIKES = str.maketrans({"i": "1", "l": "1", "o": "0", " ": None})


def normalise_token(typed: str) -> str:
    """What a person typed for a token: case, spaces and look-alike letters (i, l, o) are forgiven."""
    return typed.strip().lower().translate(_LOOKALIKES)
