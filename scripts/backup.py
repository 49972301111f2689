"""Back up and restore an installation on the embedded database: `save FILE` and `restore FILE`.

The archive holds a consistent copy of the database (taken while the server runs, through SQLite's backup API), the
uploaded files and the secret key. An installation on PostgreSQL keeps everything in its database: use pg_dump there.
"""

import argparse
import os
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath

DATABASE = "lms.sqlite3"
KEPT = ("files", "secret_key")


class BackupError(Exception):
    """The backup can't be made or can't be trusted."""


def _check(database: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{database.name} is not a database: {error}") from error
    if answer != "ok" or broken:
        raise BackupError(f"{database.name} is damaged: {answer if answer != 'ok' else 'broken references'}")


def save(instance: Path, archive: Path) -> None:
    """Write ``archive``; it appears under its name only once it is complete and checked."""
    source = instance / DATABASE
    if not source.is_file():
        raise BackupError(f"there is no {source}")
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as kept:
            live.backup(kept)
            kept.execute("PRAGMA journal_mode=DELETE")
        _check(copy)
        partial = Path(folder) / "archive"
        with tarfile.open(partial, "w:gz") as tar:
            tar.add(copy, DATABASE)
            for name in KEPT:
                if (instance / name).exists():
                    tar.add(instance / name, name)
        partial.chmod(0o600)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(archive)


def _unpack(archive: Path, folder: Path) -> None:
    # Not extractall(): its safe filter is missing from Python 3.11.2, which Debian 12 still ships.
    with tarfile.open(archive) as tar:
        for member in tar:
            parts = PurePosixPath(member.name).parts
            if not parts or parts[0] not in {DATABASE, *KEPT} or ".." in parts:
                raise BackupError(f"{archive} holds {member.name!r}, which no backup of ours does")
            target = folder.joinpath(*parts)
            if member.isdir():
                target.mkdir(parents=True, exist_ok=True)
                continue
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise BackupError(f"{archive} holds {member.name!r}, which is neither file nor folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, target.open("xb") as file:
                shutil.copyfileobj(content, file)
            target.chmod(0o600)


def restore(instance: Path, archive: Path) -> None:
    """Put ``archive`` in place of what ``instance`` holds; what was there is kept beside it as ``….before``.

    The server must be stopped. Nothing is touched unless the whole archive is readable and sound.
    """
    before = instance.with_name(instance.name + ".before")
    if before.exists():
        raise BackupError(f"{before} is left from an earlier restore; look at it and remove it first")
    instance.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=instance.parent))
    try:
        try:
            _unpack(archive, fresh)
        except (tarfile.TarError, OSError, EOFError) as error:
            raise BackupError(f"{archive} can't be read: {error}") from error
        if not (fresh / DATABASE).is_file():
            raise BackupError(f"{archive} holds no {DATABASE}")
        _check(fresh / DATABASE)
        if instance.exists():
            instance.replace(before)
        fresh.replace(instance)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def main() -> int:
    """Run the command named on the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("save", "restore"))
    parser.add_argument("archive", type=Path)
    parser.add_argument("--instance", type=Path, default=Path(os.environ.get("LMS_INSTANCE", "instance")))
    chosen = parser.parse_args()
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        parser.error("this installation is on PostgreSQL: use pg_dump and pg_restore (docs/operations.md)")
    instance, archive = chosen.instance.resolve(), chosen.archive.resolve()
    try:
        if chosen.command == "save":
            save(instance, archive)
        else:
            restore(instance, archive)
    except BackupError as error:
        print(f"{chosen.command}: {error}", file=sys.stderr)
        return 1
    print(f"{chosen.command}: {archive}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
