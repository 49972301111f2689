"""``flask accounts``: the first administrator, and a new password when nobody can sign in to give one."""

import click
from flask.cli import AppGroup

from lms.auth.access import passwords
from lms.auth.accounts import operations
from lms.auth.accounts.models import Account, NameKind
from lms.auth.accounts.operations import Person
from lms.auth.accounts.queries import account_called
from lms.auth.units.models import Unit, UnitKind
from lms.auth.units.operations import add_unit
from lms.auth.units.queries import centres
from lms.core import seeds
from lms.core.actor import Role, nobody
from lms.core.db import UnitOfWork, db
from lms.core.errors import DomainError, Invalid

group = AppGroup("accounts", help="Administrators and passwords.")


@group.command("create-admin")
@click.option("--name", prompt="Full name", help="Full name of the administrator.")
@click.option("--email", prompt="E-mail (the name to sign in with)", help="E-mail address to sign in with.")
@click.option("--centre", default="", help="The centre; made when there is none yet.")
@click.option("--one-time", is_flag=True, help="Make a one-time password instead of asking for one.")
def create_admin(name: str, email: str, centre: str, *, one_time: bool) -> None:
    """Make an administrator of a centre, and the centre if it is the first."""
    existing = centres()
    wanted = _chosen(existing, centre)
    if wanted is None and not centre:
        centre = click.prompt("Name of the centre")
    password = "" if one_time else _ask_password([name, email, centre or (wanted.name if wanted else "")])
    made = password or seeds.one_time_password()
    hashed = passwords.hash_password(made)
    try:
        with UnitOfWork():
            unit = wanted or add_unit(actor=nobody(), parent=None, kind=UnitKind.CENTRE, name=centre)
            person = Person(full_name=name, unit=unit, names={NameKind.EMAIL: [email]})
            account = operations.create_account(actor=nobody(), person=person, role=Role.ADMIN)
            operations.set_first_password(
                actor=nobody(), account=account, password_hash=hashed, one_time=not password
            )
            where = unit.name
    except DomainError as error:
        raise click.ClickException(_words(error)) from None
    click.echo(f"{name} is administrator of {where}.")
    _tell(made if not password else None)
    click.echo("Next: open the site, sign in with the e-mail address, then add units and people.")


def _chosen(existing: list[Unit], centre: str) -> Unit | None:
    """The centre meant; None when it is to be made."""
    if not existing:
        return None
    named = [unit for unit in existing if unit.name == centre] if centre else existing
    if len(named) == 1:
        return named[0]
    names = ", ".join(f'"{unit.name}"' for unit in existing)
    raise click.ClickException(f"Say which centre with --centre: {names}. Others are added in the browser.")


def _ask_password(about: list[str]) -> str:
    password: str = click.prompt(
        "Password (leave empty for a one-time password)",
        default="",
        hide_input=True,
        show_default=False,
    )
    if not password:
        return ""
    problem = passwords.weakness(password, about)
    if problem is not None:
        raise click.ClickException(problem)
    if click.prompt("The same again", hide_input=True) != password:
        raise click.ClickException("The two passwords differ.")
    return password


def _words(error: DomainError) -> str:
    if isinstance(error, Invalid) and error.fields:
        return "; ".join(f"{field}: {message}" for field, message in error.fields.items())
    return str(error.message)


def _tell(one_time: str | None) -> None:
    if one_time is not None:
        click.echo(f"One-time password, for {operations.ONE_TIME_DAYS} days: {one_time}")


@group.command("reset-password")
@click.argument("name")
def reset_password(name: str) -> None:
    """Give whoever signs in with NAME a one-time password and sign them out everywhere."""
    found = account_called(name)
    if len(found) != 1:
        raise click.ClickException(
            f"Nobody signs in with {name!r}."
            if not found
            else f"{len(found)} people share {name!r}; give a learner code or an e-mail address."
        )
    made = seeds.one_time_password()
    pair = (made, passwords.hash_password(made))
    number = found[0].id
    with UnitOfWork():
        account = db.session.get_one(Account, number)
        operations.issue_slips(actor=nobody(), accounts=[account], passwords={number: pair})
    _tell(made)
