"""The real server for whoever drives a browser: demo centre, web workers and runner on a free port of this machine."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
READY = "Serving at "
STOPPING = 60
"""Seconds that the server gets to stop."""


class NotServedError(Exception):
    """The server ended before it was up; its own words stand on the terminal."""


@dataclass(frozen=True)
class LiveServer:
    """Where it answers, and the folder that holds its database and files."""

    address: str
    instance: Path

    @property
    def database(self) -> Path:
        """The embedded database's file."""
        return self.instance / "lms.sqlite3"

    @contextmanager
    def writers_waiting(self) -> Iterator[None]:
        """Keep the server from writing, as a busy disk does; pages that only read still come."""
        with Path(f"{self.database}.writers").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


@contextmanager
def demo_server(**settings: str) -> Iterator[LiveServer]:
    """Serve a fresh demo centre as `make run` does; stopped, and its data deleted, afterwards.

    ``settings`` are variables of the environment, such as ``LMS_GRACE_SECONDS="3"``.
    """
    instance = Path(tempfile.mkdtemp(prefix="lms-live-"))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        environment.pop(name, None)
    environment |= {"LMS_INSTANCE": str(instance), "LMS_MODE": "demo", "HOST": "127.0.0.1", "PORT": "0"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **settings}
    try:
        prepare = [sys.executable, "scripts/prepare_database.py"]
        subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        command = [sys.executable, "-m", "lms.cli.serve"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield LiveServer(_address(process.stdout), instance)
            finally:
                process.terminate()
                process.wait(timeout=STOPPING)
    finally:
        shutil.rmtree(instance, ignore_errors=True)


def _address(output: IO[str] | None) -> str:
    """The address that the server prints; what it prints later is read and dropped, so that it never waits."""
    for line in output or ():
        if line.startswith(READY):
            Thread(target=lambda: list(output or ()), daemon=True).start()
            return line.removeprefix(READY).strip()
    raise NotServedError
