"""Correcting a list's rows: what they say, whose they are, whether they count."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.accounts.models import Account
from lms.auth.units.models import Unit, UnitKind
from lms.auth.units.operations import add_unit
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.core.vietnamese import clean_name, fold
from lms.courses.nominations import queries, rules
from lms.courses.nominations.models import MatchKind, NominationList, NominationRow, UnitEvidence
from lms.courses.nominations.operations.checking import look_over
from lms.courses.nominations.operations.lists import lock
from lms.courses.nominations.reading.messages import MESSAGES
from lms.courses.nominations.reading.people import Problem
from lms.courses.nominations.reading.roster import AT_MOST
from lms.courses.nominations.reading.values import GENDERS, read_birth, read_email, read_name, read_phone

CLOSED = N_("Danh sách này không sửa được nữa.")
DIFFERS = frozenset({"name_missing", "born_unreadable", "phone_odd", "email_odd", "name_long"})
"""What is refused when a person types it, though a file may hold it."""


@dataclass(frozen=True)
class Typed:
    """A row as a person typed it."""

    full_name: str
    born: str = ""
    gender: str = ""
    post: str = ""
    phone: str = ""
    email: str = ""
    code: str = ""
    note: str = ""


def _open(actor: Actor, nomination_list: NominationList) -> None:
    lock(nomination_list=nomination_list)
    if not rules.may_see(actor, nomination_list):
        raise NotAllowed
    if not rules.may_change(actor, nomination_list):
        raise Conflict(CLOSED)


def _review(nomination_list: NominationList) -> None:
    db.session.flush()
    look_over(nomination_list, queries.rows_of(nomination_list.id))


@operation
def look_again(*, nomination_list: NominationList) -> None:
    """Compare a list that may still be taken in with the register and the class as they are now."""
    lock(nomination_list=nomination_list)
    _review(nomination_list)


@operation
def add_row(
    *, actor: Actor, nomination_list: NominationList, typed: Typed, unit: Unit | None = None
) -> NominationRow:
    """One more person; ``unit`` sends where the list isn't a unit's own.

    Raises:
        NotAllowed: the list isn't the actor's.
        Conflict: it doesn't take changes any more.
        Invalid: what is wrong with which field, or the list is full.
    """
    _open(actor, nomination_list)
    last = db.session.scalar(
        sa.select(sa.func.max(NominationRow.position)).where(NominationRow.list_id == nomination_list.id)
    )
    position = (last or 0) + 1
    if position > AT_MOST:
        raise Invalid(N_("Danh sách đã có %(most)s hàng, không thêm được nữa."), most=AT_MOST)
    row = NominationRow(
        list_id=nomination_list.id, position=position, given={}, problems=[], skipped=False, accepted=False
    )
    row.match, row.unit_evidence = MatchKind.NONE, UnitEvidence.UNKNOWN
    _fill(row, typed)
    if unit is not None:
        _choose(row, nomination_list, unit)
    db.session.add(row)
    _review(nomination_list)
    return row


@operation
def edit_row(
    *,
    actor: Actor,
    nomination_list: NominationList,
    row_key: str,
    typed: Typed,
    unit: Unit | None = None,
    everywhere: bool = False,
) -> None:
    """Correct a row; with ``everywhere`` the unit is taken for all rows in which the file writes it alike.

    Raises:
        NotAllowed, Conflict, Invalid: as for :func:`add_row`.
    """
    _open(actor, nomination_list)
    row = queries.row_in(nomination_list, row_key)
    person = (row.full_name, row.born, row.code, row.phone)
    _fill(row, typed)
    if person != (row.full_name, row.born, row.code, row.phone):
        row.match, row.account_id, row.accepted = MatchKind.NONE, None, False
    if unit is not None and unit.id != row.unit_id:
        _choose_all(nomination_list, row, unit, everywhere=everywhere)
    elif unit is not None and everywhere:
        _choose_all(nomination_list, row, unit, everywhere=True)
    _review(nomination_list)


def _fill(row: NominationRow, typed: Typed) -> None:
    name, born = read_name(typed.full_name), read_birth(typed.born)
    phone, email = read_phone(typed.phone), read_email(typed.email)
    problems: list[Problem] = [*name.problems, *born.problems, *phone.problems, *email.problems]
    fields: dict[str, Message | str] = {}
    if not name.value:
        fields["full_name"] = MESSAGES["name_missing"]
    for field, read in (("full_name", name), ("born", born), ("phone", phone), ("email", email)):
        for one in read.problems:
            if one.code in DIFFERS:
                fields[field] = Message(MESSAGES[one.code], one.params)
    if fields:
        raise Invalid(fields=fields)
    row.full_name, row.born, row.phone, row.email = name.value, born.value, phone.value, email.value
    row.gender = typed.gender if typed.gender in GENDERS else ""
    row.post, row.code, row.note = (
        clean_name(text)[:length] for text, length in ((typed.post, 200), (typed.code, 60), (typed.note, 300))
    )
    row.problems = [one.to_json() for one in problems]


def _choose(row: NominationRow, nomination_list: NominationList, unit: Unit) -> None:
    within = nomination_list.unit or nomination_list.course_class.unit
    if not unit.path.startswith(within.path):
        raise NotAllowed
    row.unit_id = unit.id
    row.unit_evidence = UnitEvidence.SENDER if nomination_list.unit is not None else UnitEvidence.CHOSEN
    if row.match is MatchKind.SIMILAR:
        row.match, row.account_id = MatchKind.NONE, None


def _choose_all(nomination_list: NominationList, row: NominationRow, unit: Unit, *, everywhere: bool) -> int:
    wanted = fold(row.unit_text)
    rows = [row]
    if everywhere:
        rows += [
            one
            for one in queries.rows_of(nomination_list.id)
            if one.id != row.id and fold(one.unit_text) == wanted and not one.skipped
        ]
    for one in rows:
        _choose(one, nomination_list, unit)
    return len(rows)


@operation
def choose_unit(
    *, actor: Actor, nomination_list: NominationList, row_key: str, unit: Unit, everywhere: bool
) -> int:
    """Say which unit a row's text means, perhaps for all rows that write it so; for how many rows.

    Raises:
        NotAllowed: the list isn't the actor's, or the unit not the centre's.
        Conflict: the list doesn't take changes any more.
    """
    _open(actor, nomination_list)
    count = _choose_all(
        nomination_list, queries.row_in(nomination_list, row_key), unit, everywhere=everywhere
    )
    _review(nomination_list)
    return count


@operation
def make_unit(
    *, actor: Actor, nomination_list: NominationList, row_key: str, name: str, kind: UnitKind
) -> int:
    """A new unit below the centre for a text that means none there is; for how many rows.

    Raises:
        NotAllowed: the actor may not add units there.
        Conflict: the list doesn't take changes any more.
        Invalid: there is one of that name.
    """
    _open(actor, nomination_list)
    if nomination_list.unit is not None:
        raise NotAllowed
    row = queries.row_in(nomination_list, row_key)
    unit = add_unit(
        actor=actor, parent=nomination_list.course_class.unit, kind=kind, name=name or row.unit_text
    )
    count = _choose_all(nomination_list, row, unit, everywhere=True)
    _review(nomination_list)
    return count


@operation
def decide(*, actor: Actor, nomination_list: NominationList, row_key: str, verdict: str) -> None:
    """``same`` or ``other`` person; ``skip``, ``unskip``; ``accept`` what is odd.

    Raises:
        NotAllowed: the list isn't the actor's, or a unit asks who somebody is.
        Conflict: the list doesn't take changes any more, or there is nobody to be the same.
    """
    _open(actor, nomination_list)
    row = queries.row_in(nomination_list, row_key)
    if verdict in {"same", "other"}:
        _identify(actor, nomination_list, row, verdict)
    elif verdict == "accept":
        row.accepted = True
    else:
        row.skipped = verdict == "skip"
    _review(nomination_list)


def _identify(actor: Actor, nomination_list: NominationList, row: NominationRow, verdict: str) -> None:
    if not rules.may_keep(actor, nomination_list):
        raise NotAllowed
    if verdict == "same":
        if row.account_id is None:
            raise Conflict
        row.match = MatchKind.CHOSEN
    else:
        row.match, row.account_id = MatchKind.NEW, None


@operation
def choose_person(*, actor: Actor, nomination_list: NominationList, row_key: str, account: Account) -> None:
    """Say that the row means this known person, whoever else bears the name.

    Raises:
        NotAllowed: the actor doesn't keep the class, or the person isn't the centre's.
        Conflict: the list doesn't take changes any more.
    """
    _open(actor, nomination_list)
    centre = nomination_list.course_class.unit
    if not rules.may_keep(actor, nomination_list) or account.unit is None:
        raise NotAllowed
    if not account.unit.path.startswith(centre.path):
        raise NotAllowed
    row = queries.row_in(nomination_list, row_key)
    row.match, row.account_id = MatchKind.CHOSEN, account.id
    _review(nomination_list)
    record(
        actor=actor,
        action="nomination.identified",
        subject=nomination_list,
        data={"account": account.public_id},
    )
