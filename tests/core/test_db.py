"""Transactions: who may write, who waits for whom, and what is left when somebody dies."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.config import Settings
from lms.core import clock
from lms.core.db import (
    WRITE,
    UnitOfWork,
    UtcDateTime,
    WritersQueue,
    begin_write,
    db,
    is_writing,
    operation,
    prepare_sqlite,
)
from lms.jobs.models import Lease

pytestmark = pytest.mark.database
ROOT = Path(__file__).parents[2]


def lease(name: str, owner: str = "") -> Lease:
    return Lease(duty=name, owner=owner, until=clock.now())


def count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Lease)) or 0


@operation
def add_lease(*, name: str) -> Lease:
    row = lease(name)
    db.session.add(row)
    return row


def test_a_write_outside_an_operation_is_refused(app: Flask) -> None:
    db.session.add(lease("a"))
    with pytest.raises(RuntimeError, match="only inside an operation"):
        db.session.commit()
    db.session.rollback()
    assert count() == 0


def test_a_change_of_a_loaded_row_outside_an_operation_is_refused(app: Flask) -> None:
    with UnitOfWork():
        add_lease(name="a")
    row = db.session.get_one(Lease, "a")
    row.owner = "somebody"
    with pytest.raises(RuntimeError, match="only inside an operation"):
        db.session.flush()
    db.session.rollback()
    assert db.session.get_one(Lease, "a").owner == ""


def test_an_operation_opens_the_write_transaction_and_leaves_the_commit_to_its_caller(app: Flask) -> None:
    assert not is_writing()
    add_lease(name="a")
    assert is_writing()
    db.session.rollback()
    assert not is_writing()
    assert count() == 0


def test_operations_called_together_share_one_commit(app: Flask) -> None:
    def two_and_a_mistake() -> None:
        with UnitOfWork():
            add_lease(name="a")
            add_lease(name="b")
            db.session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        two_and_a_mistake()
    assert count() == 0


def test_an_operation_takes_keywords_only() -> None:
    with pytest.raises(TypeError, match="keyword arguments only"):
        operation(lambda name: name)


def test_what_was_read_before_the_write_is_read_anew(app: Flask) -> None:
    with UnitOfWork():
        add_lease(name="a")
    row = db.session.get_one(Lease, "a")
    assert row.owner == ""
    _in_thread(app, lambda: _set_owner("somebody else"))
    begin_write()
    assert row.owner == "somebody else"
    db.session.rollback()


def _set_owner(owner: str) -> None:
    with UnitOfWork():
        db.session.get_one(Lease, "a").owner = owner


def _in_thread(app: Flask, work: Callable[[], None]) -> None:
    def run() -> None:
        with app.app_context():
            work()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


def test_increments_by_many_threads_are_all_kept(app: Flask) -> None:
    with UnitOfWork():
        db.session.add(lease("a", "0"))
    barrier = threading.Barrier(8)

    def work() -> None:
        with app.app_context():
            barrier.wait()
            for _ in range(10):
                with UnitOfWork():
                    row = db.session.get_one(Lease, "a", with_for_update=True)
                    row.owner = str(int(row.owner) + 1)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    db.session.rollback()
    assert db.session.get_one(Lease, "a").owner == "80"


WRITER = textwrap.dedent(
    """
    import sys
    from lms import create_app
    from lms.config import Mode, Settings
    from lms.core.db import UnitOfWork, db
    from lms.jobs.models import Lease
    from pathlib import Path
    app = create_app(Settings(mode=Mode.TESTING, instance=Path(sys.argv[1]), database_url=sys.argv[2],
                              secret_key="k" * 40))
    with app.app_context():
        for _ in range(25):
            with UnitOfWork():
                row = db.session.get_one(Lease, "a", with_for_update=True)
                row.owner = str(int(row.owner) + 1)
                if len(sys.argv) > 3:
                    db.session.flush()
                    print("inside", flush=True)
                    sys.stdin.read()
    """
)


def _start_writer(settings: Settings, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(settings.instance), settings.database_url, *more]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_increments_by_several_processes_are_all_kept(app: Flask, settings: Settings) -> None:
    with UnitOfWork():
        db.session.add(lease("a", "0"))
    writers = [_start_writer(settings) for _ in range(3)]
    for writer in writers:
        writer.communicate(timeout=120)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert db.session.get_one(Lease, "a").owner == "75"


def test_a_process_killed_inside_its_transaction_leaves_nothing_and_blocks_nobody(
    app: Flask, settings: Settings
) -> None:
    with UnitOfWork():
        db.session.add(lease("a", "0"))
    writer = _start_writer(settings, "stay")
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"inside\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.communicate()
    started = time.monotonic()
    with UnitOfWork():
        assert db.session.get_one(Lease, "a").owner == "0"
        add_lease(name="b")
    assert time.monotonic() - started < 5


def test_threads_get_their_turn_one_at_a_time(tmp_path: Path) -> None:
    queue = WritersQueue(tmp_path / "writers")
    inside: list[int] = []
    most = 0
    guard = threading.Lock()

    def work() -> None:
        nonlocal most
        for _ in range(50):
            queue.enter()
            with guard:
                inside.append(1)
                most = max(most, len(inside))
            time.sleep(0.0002)
            with guard:
                inside.pop()
            queue.leave()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    queue.close()
    assert most == 1


def test_a_thread_that_would_wait_for_itself_is_told(tmp_path: Path) -> None:
    queue = WritersQueue(tmp_path / "writers")
    queue.enter()
    with pytest.raises(RuntimeError, match="wait for itself"):
        queue.enter()
    queue.leave()
    queue.enter()
    queue.leave()
    queue.close()


def test_an_engine_at_its_end_closes_the_lock_file(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    lock_path = tmp_path / "writers"
    prepare_sqlite(engine, lock_path)
    for _again in range(2):
        with engine.connect().execution_options(**{WRITE: True}) as connection:
            connection.execute(sa.text("CREATE TABLE IF NOT EXISTS t (a INTEGER)"))
            connection.commit()
        assert is_open_here(lock_path)
        engine.dispose()
        assert not is_open_here(lock_path)


def is_open_here(path: Path) -> bool:
    return any(os.path.realpath(link) == str(path) for link in Path("/proc/self/fd").iterdir())


def test_a_second_write_connection_of_one_thread_fails_instead_of_hanging(
    app: Flask, settings: Settings
) -> None:
    if not settings.is_sqlite:
        pytest.skip("PostgreSQL lets writers run side by side")
    with UnitOfWork(), db.engine.connect() as connection:
        connection.execution_options(**{WRITE: True})
        with pytest.raises(RuntimeError, match="wait for itself"):
            connection.begin()
    with UnitOfWork():
        add_lease(name="a")
    assert count() == 1


def test_a_forked_child_waits_for_its_parent(tmp_path: Path) -> None:
    """A lock file opened before a fork is one lock for both; the child has to open its own."""
    script = textwrap.dedent(
        """
        import os, sys, time
        from pathlib import Path
        from lms.core.db import WritersQueue
        queue = WritersQueue(Path(sys.argv[1]))
        queue.enter()
        start = time.monotonic()
        pid = os.fork()
        if pid == 0:
            queue.enter()
            os._exit(0 if time.monotonic() - start > 0.25 else 9)
        time.sleep(0.3)
        queue.leave()
        sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "writers")], cwd=ROOT, timeout=30, check=False
    )
    assert done.returncode == 0


def test_a_moment_comes_back_in_utc_and_a_naive_one_is_refused(app: Flask) -> None:
    with UnitOfWork():
        moment = clock.from_local(clock.to_local(clock.now()).replace(tzinfo=None))
        db.session.add(Lease(duty="a", owner="", until=clock.to_local(moment)))
    assert db.session.get_one(Lease, "a").until == moment
    with pytest.raises(ValueError, match="time zone"):
        UtcDateTime().process_bind_param(moment.replace(tzinfo=None), db.engine.dialect)


def test_the_embedded_database_is_durable_and_checks_its_foreign_keys(app: Flask, settings: Settings) -> None:
    if not settings.is_sqlite:
        pytest.skip("says something about SQLite")
    with db.engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
