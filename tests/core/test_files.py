"""Stored files: names made harmless, types by their bytes, bytes that are there when their row is."""

import io
import os
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from lms.config import Settings
from lms.core import files
from lms.core.db import UnitOfWork, begin_write, db
from lms.core.errors import NotFound
from lms.core.media_types import DOCX, OLE, PPTX, UNKNOWN, XLSX, ZIP
from lms.core.stored_file import StoredBytes, StoredFile

pytestmark = pytest.mark.database


@pytest.fixture(params=[False, True], ids=["disk", "database"])
def store(app: Flask, settings: Settings, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    files.configure(tmp_path / "files", in_database=request.param)
    yield tmp_path / "files"
    files.configure(settings.instance / "files", in_database=not settings.is_sqlite)


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Đề thi cuối khóa.docx", "Đề thi cuối khóa.docx"),
        (unicodedata.normalize("NFD", "Đề thi cuối khóa.docx"), "Đề thi cuối khóa.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\bài.docx", "bài.docx"),
        ("a\x00b\r\n\tc.txt", "ab c.txt"),
        ("evil\u202excod.exe", "evilxcod.exe"),
        ("..", "tep"),
        ("", "tep"),
        (".htaccess", "htaccess"),
        ('a<b>:"|?*.txt', "a_b______.txt"),
        ("thư mục/", "tep"),
    ],
)
def test_a_name_is_made_harmless(given_name: str, kept: str) -> None:
    assert files.safe_name(given_name) == kept


def test_a_long_name_keeps_its_extension_and_its_letters() -> None:
    name = files.safe_name("Đ" * 500 + ".docx")
    assert name.endswith("Đ.docx")
    assert len(name.encode()) <= 200


@given(st.text(max_size=300))
def test_any_name_ends_as_one_visible_path_part(text: str) -> None:
    name = files.safe_name(text.encode("utf-8", "replace").decode())
    assert name
    assert len(name.encode()) <= 200
    assert not set(name) & set('/\\<>:"|?*\0\r\n')
    assert name not in {".", ".."}
    assert not any(unicodedata.category(char).startswith("C") for char in name)
    assert files.safe_name(name) == name


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVEfmt ", UNKNOWN),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", OLE),
        (archive("[Content_Types].xml", "word/document.xml"), DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), PPTX),
        (archive("word/document.xml"), ZIP),
        (b"PK\x03\x04 broken", UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_a_type_is_found_by_the_bytes(data: bytes, media_type: str) -> None:
    assert files.sniff(data) == media_type


def test_bytes_come_back(store: Path) -> None:
    data = os.urandom(3_000_000)
    with UnitOfWork():
        stored = files.save(io.BytesIO(data), "Đề.bin")
    assert files.open_bytes(stored) == data
    assert files.path_of(stored).read_bytes() == data
    assert (stored.name, stored.size, stored.media_type) == ("Đề.bin", 3_000_000, UNKNOWN)
    assert files.open_bytes(db.session.get_one(StoredFile, stored.id)) == data


def test_the_same_bytes_are_kept_once(store: Path) -> None:
    with UnitOfWork():
        one = files.save(b"%PDF-same", "a.pdf")
        two = files.save(b"%PDF-same", "b.pdf", "application/pdf")
    assert one.id != two.id
    assert files.path_of(one) == files.path_of(two)
    assert len([path for path in store.rglob("*") if path.is_file()]) == 1
    assert (db.session.scalar(sa.select(sa.func.count()).select_from(StoredBytes)) or 0) <= 1


def test_a_rolled_back_file_has_no_row_and_is_swept_later(store: Path) -> None:
    begin_write()
    path = files.path_of(files.save(b"lost", "a.txt"))
    db.session.flush()
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0
    assert files.sweep() == 0
    assert path.exists()
    os.utime(path, (time.time() - 100_000,) * 2)
    assert files.sweep() == 1
    assert not path.exists()


def test_the_sweep_loses_no_file_that_has_a_row(store: Path) -> None:
    with UnitOfWork():
        stored = files.save(b"kept", "a.txt")
    os.utime(files.path_of(stored), (time.time() - 100_000,) * 2)
    files.sweep()
    assert files.open_bytes(stored) == b"kept"
    assert files.path_of(stored).read_bytes() == b"kept"


def test_a_file_that_comes_again_is_not_swept_before_its_row_is_there(store: Path) -> None:
    prepared = files.prepare(b"again", "a.txt")
    path = store / prepared.sha256[:2] / prepared.sha256[2:4] / prepared.sha256
    os.utime(path, (time.time() - 100_000,) * 2)
    files.prepare(b"again", "b.txt")
    assert files.sweep() == 0


def test_a_file_prepared_before_the_transaction_is_saved_in_it(store: Path) -> None:
    prepared = files.prepare(b"%PDF-1", "x/đơn.pdf")
    with UnitOfWork():
        stored = files.save(prepared)
    assert (stored.name, stored.media_type) == ("đơn.pdf", "application/pdf")
    assert files.open_bytes(stored) == b"%PDF-1"


def test_saving_outside_a_write_transaction_is_refused(store: Path) -> None:
    with pytest.raises(RuntimeError, match="write transaction"):
        files.save(b"x", "a.txt")


def test_lost_bytes_are_named(store: Path) -> None:
    with UnitOfWork():
        stored = files.save(b"%PDF-1", "đơn.pdf")
    with UnitOfWork():
        db.session.execute(sa.delete(StoredBytes))
    for path in store.rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(NotFound, match=r"đơn\.pdf"):
        files.open_bytes(stored)


def test_a_stream_that_breaks_leaves_nothing(store: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError("the line is dead")

    with pytest.raises(OSError, match="dead"):
        files.prepare(Broken(), "a.txt")
    assert [path for path in store.rglob("*") if path.is_file()] == []
