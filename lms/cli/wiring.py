"""Puts the commands onto ``flask``."""

import click
from flask import Flask
from flask.cli import AppGroup

from lms.cli import accounts, jobs
from lms.cli.bank_preview import preview
from lms.cli.demo import commands as demo

bank = AppGroup("bank", help="Question bank.")
bank.add_command(preview)


def register(app: Flask) -> None:
    """Offer every command; ``flask db`` only where a command runs, since Alembic is a heavy engine."""
    if click.get_current_context(silent=True) is not None:
        from lms.cli.migrations import init_migrations  # noqa: PLC0415  (a server never migrates)

        init_migrations(app)
    for group in (accounts.group, bank, demo.group, jobs.group):
        app.cli.add_command(group)
