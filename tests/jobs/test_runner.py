"""The runner as a process: killed, doubled and told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit import queries
from lms.audit.models import AuditEvent
from lms.config import Settings
from lms.core.db import UnitOfWork, db
from lms.jobs.models import Job, JobState, Lease
from lms.jobs.operations import enqueue

pytestmark = pytest.mark.database
ROOT = Path(__file__).parents[2]
WORKER = Path(__file__).parent / "worker.py"
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(app: Flask, settings: Settings) -> Iterator[Start]:
    started: list[subprocess.Popen[bytes]] = []

    def run(lease: float = 30) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(WORKER), settings.database_url, str(settings.lock_path), str(lease)]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


def ask(kind: str, count: int = 1, **payload: object) -> None:
    with UnitOfWork():
        for n in range(count):
            enqueue(kind=kind, payload={"n": n, **payload}, actor_id=None)


def traces() -> Counter[str]:
    db.session.rollback()
    return Counter(db.session.scalars(sa.select(AuditEvent.action)))


def states() -> Counter[JobState]:
    db.session.rollback()
    return Counter(db.session.scalars(sa.select(Job.state)))


def wait_for(condition: Callable[[], object], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited too long: {states()} {traces()}"
        time.sleep(0.02)


def test_a_job_whose_runner_was_killed_is_taken_up_again_and_ends_exactly_once(
    start: Start, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    ask("linger", gate=str(gate))
    first = start(lease=1)
    wait_for(lambda: traces()["began"] == 1)
    first.send_signal(signal.SIGKILL)
    first.wait()
    start(lease=1)
    wait_for(lambda: traces()["began"] == 2)
    assert states() == {JobState.RUNNING: 1}
    gate.unlink()
    wait_for(lambda: states() == {JobState.DONE: 1})
    assert traces()["finished"] == 1
    job = db.session.scalars(sa.select(Job)).one()
    assert job.tries == 2


def test_a_living_runner_keeps_its_long_job(start: Start, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    ask("linger", gate=str(gate))
    start(lease=1)
    wait_for(lambda: traces()["began"] == 1)
    start(lease=1)
    time.sleep(3.5)
    gate.unlink()
    wait_for(lambda: states() == {JobState.DONE: 1})
    assert (traces()["began"], traces()["finished"]) == (1, 1)


def test_two_runners_do_each_job_once(start: Start) -> None:
    ask("note", count=60)
    start()
    start()
    wait_for(lambda: states() == {JobState.DONE: 60})
    done = {name: count for name, count in traces().items() if name.startswith("job")}
    assert done == {f"job {n}": 1 for n in range(60)}
    assert queries.verify() == []


def test_a_duty_is_done_by_one_of_two_runners_and_by_the_other_when_it_leaves(start: Start) -> None:
    one = start()
    wait_for(lambda: traces()["tick"] >= 2)
    two = start()
    time.sleep(1.5)
    assert _holder().split(":")[1] == str(one.pid)
    one.send_signal(signal.SIGTERM)
    assert one.wait(20) == 0
    before = traces()["tick"]
    wait_for(lambda: traces()["tick"] >= before + 3)
    assert _holder().split(":")[1] == str(two.pid)


def _holder() -> str:
    db.session.rollback()
    return db.session.scalars(sa.select(Lease.owner).where(Lease.duty == "tick")).one()


def test_duties_go_on_while_a_long_job_runs(start: Start, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    ask("linger", gate=str(gate))
    start()
    wait_for(lambda: traces()["began"] == 1)
    before = traces()["tick"]
    wait_for(lambda: traces()["tick"] >= before + 5)
    assert states() == {JobState.RUNNING: 1}
    gate.unlink()


def test_a_runner_told_to_stop_puts_its_job_back_at_once(start: Start, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    gate.touch()
    ask("linger", gate=str(gate))
    runner = start()
    wait_for(lambda: traces()["began"] == 1)
    runner.send_signal(signal.SIGTERM)
    assert runner.wait(20) == 0
    assert states() == {JobState.QUEUED: 1}
    assert db.session.scalars(sa.select(Job.tries)).one() == 0
    assert db.session.scalars(sa.select(Lease)).all() == []
