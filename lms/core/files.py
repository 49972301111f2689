"""Stored files: bytes kept once by their SHA-256, on the disk of the instance or in the database.

The application calls :func:`configure` once. Bytes are durable before the row that names them is committed; bytes
without a row, left by a transaction that failed, are taken away by :func:`sweep`.
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from lms.core import clock
from lms.core.db import db, is_writing
from lms.core.errors import NotFound
from lms.core.file_names import safe_name
from lms.core.media_types import sniff
from lms.core.messages import N_
from lms.core.stored_file import StoredBytes, StoredFile

CHUNK = 1024 * 1024
DAY = 24 * 3600

__all__ = [
    "Prepared",
    "configure",
    "forget",
    "open_bytes",
    "path_of",
    "prepare",
    "safe_name",
    "save",
    "sniff",
    "sweep",
]


@dataclass
class _Store:
    root: Path | None = None
    in_database: bool = False

    def path(self, sha256: str) -> Path:
        if self.root is None:
            raise RuntimeError("core.files.configure() was not called")
        return self.root / sha256[:2] / sha256[2:4] / sha256


_store = _Store()


def configure(root: Path, *, in_database: bool = False) -> None:
    """Keep bytes under ``root``; with ``in_database`` in ``StoredBytes``, and ``root`` holds copies of them."""
    _store.root = root
    _store.in_database = in_database


@dataclass(frozen=True)
class Prepared:
    """Bytes on the disk that no row names yet; ``size`` in bytes."""

    sha256: str
    size: int
    media_type: str
    name: str


def prepare(data: bytes | BinaryIO, name: str, media_type: str | None = None) -> Prepared:
    """Write the bytes, durably, outside of any transaction; hand the result to :func:`save`.

    ``media_type`` is found from the first bytes unless given. Nothing is held in memory beyond one mebibyte.
    """
    stream = BytesIO(data) if isinstance(data, bytes) else data
    if _store.root is None:
        raise RuntimeError("core.files.configure() was not called")
    _store.root.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(prefix=".new-", dir=_store.root)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            sha256, size = _copy(stream, file)
            file.seek(0)
            found = media_type or sniff(file)
        _settle(Path(temporary), _store.path(sha256))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Prepared(sha256=sha256, size=size, media_type=found, name=safe_name(name))


def save(data: bytes | BinaryIO | Prepared, name: str = "", media_type: str | None = None) -> StoredFile:
    """Store the bytes and add their row in the caller's write transaction; the row is not flushed.

    A large file is better prepared before the transaction begins, see :func:`prepare`.
    """
    if not is_writing():
        raise RuntimeError("a stored file joins its caller's write transaction; there is none")
    prepared = data if isinstance(data, Prepared) else prepare(data, name, media_type)
    if _store.in_database:
        _copy_to_database(prepared.sha256)
    stored = StoredFile(
        sha256=prepared.sha256,
        size=prepared.size,
        media_type=prepared.media_type,
        name=safe_name(name) if name else prepared.name,
        created_at=clock.now(),
    )
    db.session.add(stored)
    return stored


def open_bytes(stored: StoredFile) -> bytes:
    """All bytes of the file; ``NotFound`` when they are lost."""
    if _store.in_database:
        data = db.session.scalar(sa.select(StoredBytes.data).where(StoredBytes.sha256 == stored.sha256))
        if data is None:
            raise _lost(stored)
        return data
    return path_of(stored).read_bytes()


def forget(stored: StoredFile) -> None:
    """Take the file's row away, and its bytes when no other row names them: those of the disk go with the next sweep."""
    sha256 = stored.sha256
    db.session.delete(stored)
    db.session.flush()
    if not db.session.scalar(sa.select(sa.exists().where(StoredFile.sha256 == sha256))):
        db.session.execute(sa.delete(StoredBytes).where(StoredBytes.sha256 == sha256))


def path_of(stored: StoredFile) -> Path:
    """A file on this machine with the bytes, to be read only; a copy when they are kept in the database."""
    path = _store.path(stored.sha256)
    if _is_whole(path, stored.size):
        if _store.in_database:
            path.touch()
        return path
    if not _store.in_database:
        raise _lost(stored)
    prepare(open_bytes(stored), stored.name, stored.media_type)
    return path


def sweep(*, older_than: float = DAY) -> int:
    """Take away bytes on this disk that no row names and that lie there for ``older_than`` seconds; how many.

    With bytes in the database, copies that nobody used for as long go too.
    """
    count = 0
    machine = time.time()  # house: files carry the machine's time, whatever clock the application uses
    before = machine - older_than
    for path in _candidates():
        with suppress(FileNotFoundError):
            if _untouched_since(before, path) and not _is_needed(path) and _untouched_since(before, path):
                path.unlink()
                count += 1
    return count


def _untouched_since(moment: float, path: Path) -> bool:
    return path.stat().st_mtime < moment


def _is_needed(path: Path) -> bool:
    if path.name.startswith(".new-") or _store.in_database:
        return False
    return bool(db.session.scalar(sa.select(sa.exists().where(StoredFile.sha256 == path.name))))


def _candidates() -> Iterator[Path]:
    if _store.root is not None:
        yield from _store.root.glob(".new-*")
        yield from _store.root.glob("??/??/*")


def _copy(source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _settle(temporary: Path, path: Path) -> None:
    """Give the file its name, which its folder must not forget at a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary.replace(path)
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _copy_to_database(sha256: str) -> None:
    """Add the bytes unless they are there; two writers of the same bytes don't meet."""
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    data = _store.path(sha256).read_bytes()
    db.session.execute(insert(StoredBytes).values(sha256=sha256, data=data).on_conflict_do_nothing())


def _is_whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except FileNotFoundError:
        return False


def _lost(stored: StoredFile) -> NotFound:
    return NotFound(N_("Tệp “%(name)s” không còn trong kho lưu trữ. Hãy báo quản trị."), name=stored.name)
