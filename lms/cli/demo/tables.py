"""Typed, strict access to TOML tables: a wrong or unknown field is an error that names its place."""

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

Built = TypeVar("Built")


class ContentError(ValueError):
    """A data file is wrong; the message says which file, which record and why."""


class Table:
    """A TOML table that hands out typed fields and, at the end, refuses the ones nobody asked for."""

    def __init__(self, where: str, value: object) -> None:
        if not isinstance(value, Mapping):
            raise ContentError(f"{where}: expected a table")
        label = value.get("id") or value.get("code") or value.get("title") or ""
        self.where = f"{where} {label}".strip()
        self._left: dict[str, object] = dict(value)

    def fail(self, why: str) -> ContentError:
        """Build the error that names this table; the caller raises it."""
        return ContentError(f"{self.where}: {why}")

    def text(self, name: str, *, allowed: Iterable[str] | None = None, blank: bool = False) -> str:
        """Take a trimmed NFC text, one of ``allowed`` where that is given."""
        value = self._left.pop(name, None)
        if not isinstance(value, str) or not (value.strip() or blank):
            raise self.fail(f"{name} is missing or not a text")
        if value != unicodedata.normalize("NFC", value) or value != value.strip():
            raise self.fail(f"{name} is not trimmed NFC text")
        if allowed is not None and value not in allowed:
            raise self.fail(f"{name} is {value!r}")
        return value

    def maybe_text(self, name: str, *, allowed: Iterable[str] | None = None) -> str | None:
        """Take a text, or ``None`` where the field is absent."""
        return self.text(name, allowed=allowed) if name in self._left else None

    def number(self, name: str) -> int:
        """Take a whole number of at least 1."""
        value = self._left.pop(name, None)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.fail(f"{name} is missing or not a positive whole number")
        return value

    def maybe_number(self, name: str) -> int | None:
        """Take a whole number, or ``None`` where the field is absent."""
        return self.number(name) if name in self._left else None

    def texts(self, name: str, *, allowed: Iterable[str] | None = None) -> tuple[str, ...]:
        """Take a list of texts; an absent one is empty."""
        value = self._left.pop(name, [])
        if not isinstance(value, list):
            raise self.fail(f"{name} is not a list")
        inner = [Table(f"{self.where} {name}", {"item": item}) for item in value]
        return tuple(table.text("item", allowed=allowed) for table in inner)

    def tables(self, name: str) -> Iterator["Table"]:
        """Take a list of tables that must not be empty."""
        value = self._left.pop(name, None)
        if not isinstance(value, list) or not value:
            raise self.fail(f"{name} is missing")
        return (Table(f"{self.where} {name}", item) for item in value)

    def table(self, name: str) -> "Table":
        """Take the one table of that name."""
        return Table(f"{self.where} {name}", self._left.pop(name, None))

    def closed(self, built: Built) -> Built:
        """Return what was built from this table, after making sure that nothing in it was left over."""
        self.done()
        return built

    def done(self) -> None:
        """Refuse fields that nobody took: they are usually misspelt ones."""
        if self._left:
            raise self.fail(f"unknown fields {', '.join(sorted(self._left))}")


def read_toml(path: Path) -> Table:
    """Read a TOML file as one table, or raise ``ContentError`` with the parser's own place and reason."""
    try:
        return Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from error
