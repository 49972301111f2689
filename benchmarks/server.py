"""A server of its own for a benchmark: fresh instance, a class of learners, one assessment; gone afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

QUESTIONS = 40
PASSWORD = "do-toc-do-2026"  # noqa: S105  (a throwaway database)
START_SECONDS = 30


@dataclass(frozen=True)
class Bench:
    """Where the server is, who may sit what, and the web server's processes, whose CPU counts."""

    port: int
    assessment: str
    codes: tuple[str, ...]
    pids: tuple[int, ...]

    def cpu_ms(self) -> float:
        """CPU milliseconds that the web server's processes have used so far."""
        total = 0
        for pid in self.pids:
            for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
                total += int(task.read_text().split()[0])
        return total / 1e6


@contextmanager
def running(learners: int) -> Iterator[Bench]:
    """Serve a fresh database with ``learners`` who may sit one assessment of 40 questions."""
    folder = Path(tempfile.mkdtemp(prefix="lms-bench-"))
    environment = {**os.environ, "LMS_INSTANCE": str(folder), "LMS_MODE": "demo", "LMS_MEASURE": "1"}
    environment.pop("DATABASE_URL", None)
    if url := os.environ.get("BENCH_DATABASE_URL"):
        environment["DATABASE_URL"] = url
    assessment = subprocess.run(
        [sys.executable, "-m", "benchmarks.server", str(learners)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment |= {"PORT": str(port), "HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "lms.cli.serve"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        codes = tuple(f"bench{number:04d}" for number in range(learners))
        web = tuple(
            pid for pid in _family(process.pid) if b"gunicorn" in Path(f"/proc/{pid}/cmdline").read_bytes()
        )
        yield Bench(port, assessment, codes, web)
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(folder)


def _wait(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                time.sleep(3)  # the runner and the second worker finish starting
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


def build(learners: int) -> str:
    """Fill the database of the environment; returns the assessment's public id."""
    from lms import create_app  # noqa: PLC0415  (only the building process loads the application)
    from lms.auth.access.passwords import hash_password  # noqa: PLC0415
    from lms.auth.accounts.models import Account, NameKind, RoleGrant, SignInName  # noqa: PLC0415
    from lms.core import clock  # noqa: PLC0415
    from lms.core.actor import Role  # noqa: PLC0415
    from lms.core.db import UnitOfWork, db  # noqa: PLC0415
    from lms.courses.classes.models import Enrolment  # noqa: PLC0415
    from tests.world import World  # noqa: PLC0415

    app = create_app()
    with app.app_context():
        db.drop_all()
        db.create_all()
        world = World()
        centre = world.centre()
        course_class = world.course_class(centre)
        bank = world.bank(centre, topics=4)
        lecturer = world.person(Role.LECTURER, centre)
        assessment = world.assessment(
            course_class,
            bank,
            lecturer,
            questions=QUESTIONS,
            minutes=60,
            attempts_allowed=1000,
            opens_at=clock.now() - timedelta(hours=1),
        )
        hashed = hash_password(PASSWORD)
        with UnitOfWork():
            for number in range(learners):
                account = Account(
                    full_name=f"Học viên {number}",
                    unit_id=centre.id,
                    password_hash=hashed,
                    must_change_password=False,
                    created_at=clock.now(),
                )
                account.names = [SignInName(kind=NameKind.CODE, value=f"bench{number:04d}")]
                account.grants = [RoleGrant(role=Role.LEARNER, unit_id=centre.id)]
                db.session.add(account)
                db.session.flush()
                db.session.add(
                    Enrolment(
                        class_id=course_class.id,
                        account_id=account.id,
                        unit_id=centre.id,
                        enrolled_at=clock.now(),
                    )
                )
        db.session.rollback()
        return assessment.public_id


if __name__ == "__main__":
    print(build(int(sys.argv[1])))
