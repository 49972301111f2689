"""A runner in a process of its own, with jobs that tests can see and hold up; started by ``test_runner``.

Arguments: the address of the database, its writers' lock file, the seconds that a lease lasts. The application is the
least that a runner needs, so that it starts soon.
"""

import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event

from flask import Flask

from lms.audit import operations as audit
from lms.core.actor import nobody
from lms.core.db import UnitOfWork, begin_write, db, prepare_sqlite
from lms.jobs import registry
from lms.jobs.context import JobContext
from lms.jobs.runner import Pace, run_forever


def mark(name: str) -> None:
    """Leave a durable trace of what was done, by a way that shows repetitions."""
    audit.record(actor=nobody(), action=name, subject=("worker", 1))


def note(context: JobContext) -> None:
    """Do a little and commit it with the end of the job."""
    time.sleep(0.01)
    begin_write()
    mark(f"job {context.payload['n']}")


def linger(context: JobContext) -> None:
    """Say that it began, wait while the file named in the payload is there, then finish."""
    with UnitOfWork():
        mark("began")
    gate = Path(context.payload["gate"])
    while gate.exists():
        context.progress(1, 2)
        time.sleep(0.02)
    begin_write()
    mark("finished")


def tick() -> None:
    """A duty that leaves a trace each time."""
    begin_write()
    mark("tick")


def main() -> None:
    """Run until told to stop."""
    url, lock_path, lease = sys.argv[1:4]
    app = Flask("worker")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    if url.startswith("sqlite"):
        with app.app_context():
            prepare_sqlite(db.engine, Path(lock_path))
    registry.job("note")(note)
    registry.job("linger")(linger)
    registry.duty("tick", timedelta(seconds=0.2))(tick)
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    pace = Pace(poll=0.05, beat=0.05, lease=timedelta(seconds=float(lease)))
    run_forever(app, stop, pace)


if __name__ == "__main__":
    main()
