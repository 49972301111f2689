"""The restore drill: what was committed before the backup is there after the restore, and nothing half-way."""

import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "backup.py"


def backup(command: str, archive: Path, instance: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), command, str(archive), "--instance", str(instance)],
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def marks(instance: Path) -> list[int]:
    with closing(sqlite3.connect(instance / "lms.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT mark FROM result ORDER BY id")]


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Path]:
    """An installation with a server that has the database open."""
    folder = tmp_path / "instance"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "scan.pdf").write_bytes(b"%PDF")
    (folder / "secret_key").write_text("k" * 40)
    with closing(sqlite3.connect(folder / "lms.sqlite3", isolation_level=None)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE result (id INTEGER PRIMARY KEY, mark INTEGER NOT NULL)")
        live.execute("INSERT INTO result (mark) VALUES (825), (790)")
        yield folder


def test_what_was_saved_comes_back(instance: Path, tmp_path: Path) -> None:
    archive = tmp_path / "lms.tar.gz"
    assert backup("save", archive, instance).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0, "a backup holds everybody's marks"
    with closing(sqlite3.connect(instance / "lms.sqlite3", isolation_level=None)) as live:
        live.execute("UPDATE result SET mark = 0")
    (instance / "files" / "scan.pdf").unlink()

    done = backup("restore", archive, instance)

    assert done.returncode == 0, done.stderr
    assert marks(instance) == [825, 790]
    assert (instance / "files" / "scan.pdf").read_bytes() == b"%PDF"
    assert (instance / "secret_key").read_text() == "k" * 40
    assert marks(instance.with_name("instance.before")) == [0, 0]


def test_a_backup_under_writes_is_one_moment(instance: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(instance / "lms.sqlite3", isolation_level=None, timeout=30)) as live:
            while not stop.is_set():
                live.execute("BEGIN IMMEDIATE")
                live.execute("INSERT INTO result (mark) VALUES (1), (2)")
                live.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        archive = tmp_path / "busy.tar.gz"
        assert backup("save", archive, instance).returncode == 0
    finally:
        stop.set()
        writer.join()
    assert backup("restore", archive, tmp_path / "other").returncode == 0
    kept = marks(tmp_path / "other")
    assert kept[:2] == [825, 790]
    assert kept.count(1) == kept.count(2), "half a transaction was kept"


@pytest.mark.parametrize("fault", ["cut", "empty", "stranger", "damaged", "outside", "link"])
def test_a_bad_archive_changes_nothing(instance: Path, tmp_path: Path, fault: str) -> None:
    archive = tmp_path / "lms.tar.gz"
    assert backup("save", archive, instance).returncode == 0
    if fault == "cut":
        archive.write_bytes(archive.read_bytes()[:200])
    elif fault == "empty":
        archive.write_bytes(b"")
    elif fault in {"outside", "link"}:
        entry = tarfile.TarInfo("files/../../escaped" if fault == "outside" else "files/link")
        entry.type, entry.linkname = (
            (tarfile.REGTYPE, "") if fault == "outside" else (tarfile.SYMTYPE, "/etc")
        )
        with tarfile.open(archive, "w:gz") as tar:
            tar.addfile(entry)
    else:
        other = tmp_path / ("lms.sqlite3" if fault == "damaged" else "readme")
        other.write_bytes(b"not a database" * 400)
        with tarfile.open(archive, "w:gz") as tar:
            tar.add(other, other.name)

    done = backup("restore", archive, instance)

    assert done.returncode == 1
    assert done.stderr.startswith("restore: ")
    assert "Traceback" not in done.stderr
    assert marks(instance) == [825, 790]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["instance"]


def test_an_earlier_restore_is_not_overwritten(instance: Path, tmp_path: Path) -> None:
    archive = tmp_path / "lms.tar.gz"
    assert backup("save", archive, instance).returncode == 0
    assert backup("restore", archive, instance).returncode == 0
    done = backup("restore", archive, instance)
    assert done.returncode == 1
    assert "instance.before" in done.stderr


def test_postgres_is_sent_to_its_own_tool(tmp_path: Path) -> None:
    done = backup("save", tmp_path / "x", tmp_path, DATABASE_URL="postgresql://lms@db/lms")
    assert done.returncode == 2
    assert "pg_dump" in done.stderr
