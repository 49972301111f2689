"""``flask demo``: the demo centre."""

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

from lms.auth.units.models import Unit
from lms.cli.demo.content import load as load_content
from lms.cli.demo.loading import assessments, coursework, nominations
from lms.cli.demo.loading.bank import Bank, Catalogue
from lms.cli.demo.loading.hours import at
from lms.cli.demo.loading.people import People
from lms.config import Mode
from lms.core import clock
from lms.core.db import UnitOfWork, db

group = AppGroup("demo", help="The demo centre: invented people, a real bank.")


def _refuse_production() -> None:
    if current_app.config["LMS"].mode is Mode.PRODUCTION:
        raise click.ClickException(
            "The demo centre has known passwords and never goes into a production database."
        )


@group.command("load")
def load() -> None:
    """Build the demo centre in an empty database; in one that holds it, keep its open assessment open."""
    _refuse_production()
    if db.session.scalar(sa.select(sa.func.count()).select_from(Unit)):
        with UnitOfWork():
            assessments.reopen()
        return
    content = load_content()
    with UnitOfWork():
        with clock.frozen(at(-60, 9)):
            people = People(content)
            db.session.flush()
            catalogue = Catalogue(content, people)
            bank = Bank(content, people, catalogue)
        made = assessments.build(content, people, catalogue, bank)
        coursework.build(content, people, catalogue, made)
        nominations.coming_class(people, catalogue)
    click.echo(
        f"The demo centre is ready: {len(content.learners)} learners, {len(content.questions)} questions."
    )
