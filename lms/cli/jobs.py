"""``flask jobs``: the background runner, and one pass of it by hand."""

import signal
from threading import Event

import click
from flask import current_app
from flask.cli import AppGroup

from lms.jobs.runner import run_forever, run_pending

group = AppGroup("jobs", help="Background work.")


@group.command("run")
def run() -> None:
    """Do jobs and duties until told to stop (SIGTERM, SIGINT)."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run_forever(current_app._get_current_object(), stop)  # type: ignore[attr-defined]  # noqa: SLF001  (Flask's own way)


@group.command("once")
def once() -> None:
    """Do what is due now, each duty once, and leave."""
    count = run_pending(current_app._get_current_object(), reraise=False)  # type: ignore[attr-defined]  # noqa: SLF001  (Flask's own way)
    click.echo(f"{count} jobs")
