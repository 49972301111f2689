"""A first look at an uploaded file, before anything parses it.

Zip containers are judged by their directory and by what really comes out of them: number of entries, unpacked size,
ratio, paths, links, and DOCTYPE declarations in any XML part.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
RATIO_FLOOR = 5 * MEGABYTE  # below this size a high ratio harms nobody: repeated spreadsheet cells pack 100:1
XML_NAME = re.compile(r"\.(xml|rels|vml|xhtml|html?)$", re.IGNORECASE)
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file and its reader may take. Sizes in bytes, times in seconds."""

    file_size: int = 25 * MEGABYTE
    entries: int = 4000
    unpacked: int = 200 * MEGABYTE
    ratio: int = 150
    xml_part: int = 80 * MEGABYTE
    memory: int = 700 * MEGABYTE
    cpu_seconds: int = 60
    wall_seconds: int = 90
    output: int = 64 * MEGABYTE


class RefusedError(Exception):
    """The file is not read; ``code`` says why, ``params`` are the values that its words need."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def check_size(path: Path, limits: Limits) -> None:
    """Refuse an empty file and one above the limit."""
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("file_empty")
    if size > limits.file_size:
        shown = f"{size / MEGABYTE:.1f}".replace(".", ",")
        raise RefusedError("file_too_large", size=shown, limit=limits.file_size // MEGABYTE)


def check_zip(path: Path, limits: Limits) -> None:
    """Refuse a container that could harm: the entries are read once, in pieces, and counted."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_entries(archive, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        raise RefusedError("file_broken") from error


def _check_entries(archive: zipfile.ZipFile, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise RefusedError("zip_too_many", count=len(entries))
    for entry in entries:
        _check_entry(entry)
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise RefusedError("zip_too_big", limit=limits.unpacked // MEGABYTE)
    total = 0
    for entry in entries:
        total += _measure(archive, entry, limits, limits.unpacked - total)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/") or "\0" in name:
        raise RefusedError("zip_path")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("zip_link")
    if entry.flag_bits & 1:
        raise RefusedError("file_encrypted")


def _measure(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, room: int) -> int:
    """Bytes that really come out of ``entry``; stops at the first sign of a bomb."""
    is_xml = bool(XML_NAME.search(entry.filename))
    size = 0
    tail = b""
    with archive.open(entry) as stream:
        for piece in _pieces(stream):
            size += len(piece)
            if size > room or (is_xml and size > limits.xml_part):
                raise RefusedError("zip_too_big", limit=limits.unpacked // MEGABYTE)
            if size > RATIO_FLOOR and size > limits.ratio * max(entry.compress_size, 1):
                raise RefusedError("zip_bomb")
            if is_xml:
                text = tail + piece.replace(b"\0", b"")
                if DOCTYPE.search(text):
                    raise RefusedError("xml_doctype")
                tail = text[-32:]
    return size


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece
