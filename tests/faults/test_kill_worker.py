"""A web worker dies by SIGKILL in the midst of saves: nothing acknowledged is lost, nothing is there twice."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.access.models import SignInSession
from lms.auth.access.sessions import new_token, token_hash
from lms.config import Mode, Settings
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db, prepare_sqlite
from lms.quizzes.delivery.models import Attempt, Response
from scripts.live_server import LiveServer, demo_server
from tests.faults.saver import SLOTS, Saver
from tests.world import World

pytestmark = pytest.mark.slow

KILLS = 10
EVERY = 1.2
CLIENTS = 4


@pytest.fixture(scope="module")
def server() -> Iterator[LiveServer]:
    """The real server with its workers and runner, on an embedded database of its own."""
    with demo_server() as live:
        yield live


@pytest.fixture
def beside(server: LiveServer) -> Iterator[None]:
    """The server's database, opened by the test too."""
    settings = Settings(
        mode=Mode.TESTING, instance=server.instance, database_url=f"sqlite:///{server.database}"
    )
    app = Flask("beside", instance_path=str(server.instance))
    app.config.update(LMS=settings, SQLALCHEMY_DATABASE_URI=settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine, settings.lock_path)
        yield
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def savers(server: LiveServer, beside: None, tmp_path: Path) -> list[Saver]:
    """Learners of one class who have begun the same assessment."""
    world = World()
    centre = world.centre()
    course_class = world.course_class(centre)
    author = world.person(Role.LECTURER, centre)
    assessment = world.assessment(course_class, world.bank(centre), author, questions=SLOTS)
    front = f"/assessments/{assessment.public_id}"
    learners = [world.learner(centre, course_class) for _ in range(CLIENTS)]
    tokens = [new_token() for _ in learners]
    now = clock.now()
    with UnitOfWork():
        db.session.add_all(
            SignInSession(
                token_hash=token_hash(token),
                account_id=learner.id,
                created_at=now,
                expires_at=now.replace(year=now.year + 1),
            )
            for token, learner in zip(tokens, learners, strict=True)
        )
    found = [Saver(server.address, token, tmp_path / f"{number}.log") for number, token in enumerate(tokens)]
    for saver in found:
        saver.start(front)
    return found


def workers(server: LiveServer) -> list[int]:
    """Process ids of this server's web workers: children of its gunicorn."""
    mine = f"LMS_INSTANCE={server.instance}\0".encode()
    parents = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if b"gunicorn" in (folder / "cmdline").read_bytes() and mine in (folder / "environ").read_bytes():
                parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # it ended meanwhile
            continue
    return sorted(pid for pid, parent in parents.items() if parent in parents)


def kill_one(server: LiveServer) -> None:
    """Kill the worker that has lived longest."""
    alive = workers(server)
    assert alive, "no worker is left"
    os.kill(alive[0], signal.SIGKILL)


def test_ten_killed_workers_lose_no_acknowledged_answer(server: LiveServer, savers: list[Saver]) -> None:
    stop = threading.Event()
    failures: list[Exception] = []

    def work(saver: Saver) -> None:
        try:
            saver.go_on(stop)
        except Exception as error:  # noqa: BLE001  (shown below)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(saver,)) for saver in savers]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(EVERY)
        kill_one(server)
    time.sleep(EVERY)
    stop.set()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert sum(saver.retried for saver in savers) > 0, "no kill ever met a save"
    for saver in savers:
        _compare(saver)


def _compare(saver: Saver) -> None:
    """The client's log against the database: the same rows, each once."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(Response.slot, Response.revision, Response.answer, Response.idempotency_key)
        .join(Attempt, Attempt.id == Response.attempt_id)
        .where(Attempt.public_id == saver.paper.rsplit("/", 1)[1])
    ).all()
    acknowledged = saver.noted("acknowledged")
    assert len(acknowledged) > KILLS
    stored = {(row.slot, row.revision, row.answer, row.idempotency_key) for row in rows}
    assert {(one["slot"], one["revision"], one["answer"], one["key"]) for one in acknowledged} == stored
    assert max(Counter(row.idempotency_key for row in rows).values()) == 1
