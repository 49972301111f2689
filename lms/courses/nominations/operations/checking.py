"""Looking a whole list over: units, people known already, doubles, classes at the same time, what had to come before."""

from collections.abc import Sequence
from typing import Any

from lms.auth.access.names import normalise_name
from lms.auth.units.models import Unit
from lms.core.vietnamese import after_class, search_key
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass
from lms.courses.nominations import queries
from lms.courses.nominations.models import (
    MatchKind,
    NominationList,
    NominationRow,
    Severity,
    UnitEvidence,
)
from lms.courses.nominations.naming import Directory
from lms.courses.nominations.passed import passed
from lms.courses.nominations.persons import Births, Someone, best, births
from lms.courses.nominations.queries import Registered
from lms.courses.nominations.words import CHECKS, MUST_DECIDE

OPEN_UNITS = frozenset({UnitEvidence.PROPOSED, UnitEvidence.UNKNOWN})
DECIDED = frozenset({MatchKind.CHOSEN, MatchKind.NEW})
SURE = frozenset({MatchKind.SAME, MatchKind.CHOSEN})
Problems = list[dict[str, Any]]


def look_over(nomination_list: NominationList, rows: Sequence[NominationRow]) -> None:
    """Write into ``rows``, which are all of the list, what is odd about each, and how much it needs somebody's eye.

    The number of statements doesn't depend on the rows, but for one a few hundred of them.
    """
    centre = nomination_list.course_class.unit
    found: dict[int, Problems] = {
        row.position: [one for one in row.problems if one["code"] not in CHECKS] for row in rows
    }
    _place(nomination_list, [row for row in rows if not row.skipped])
    counted = [row for row in rows if not row.skipped]
    people = _recognise(centre, counted, found)
    _doubles(counted, found)
    _classes(nomination_list.course_class, counted, people, found)
    for row in rows:
        problems = found[row.position]
        if not row.skipped and row.unit_evidence in OPEN_UNITS:
            proposed = row.unit_evidence is UnitEvidence.PROPOSED
            problems.append({"code": "unit_proposed" if proposed else "unit_unknown", "params": {}})
        if row.problems != problems:
            row.problems = problems
        severity = _severity(row, problems)
        if row.severity != severity:
            row.severity = severity


def _severity(row: NominationRow, problems: Problems) -> int:
    if row.skipped:
        return Severity.SKIPPED.value
    codes = {one["code"] for one in problems}
    open_codes = codes & MUST_DECIDE
    if row.accepted:
        open_codes -= {"double_row"}
    if open_codes:
        return Severity.UNDECIDED.value
    return (Severity.WARNED if codes and not row.accepted else Severity.FINE).value


def _place(nomination_list: NominationList, rows: Sequence[NominationRow]) -> None:
    """Find the unit of each row that nobody chose one for; a unit's own list is of that unit and those below it."""
    open_rows = [
        row
        for row in rows
        if row.unit_evidence in OPEN_UNITS
        or row.unit_evidence in {UnitEvidence.SENDER, UnitEvidence.RECOGNISED}
    ]
    if not open_rows:
        return
    centre, sender = nomination_list.course_class.unit, nomination_list.unit
    directory = Directory(queries.known_units(centre))
    paths = queries.unit_paths(sender) if sender is not None else {}
    for row in open_rows:
        guess = directory.find(row.unit_text)
        if sender is not None:
            inside = guess.evidence is UnitEvidence.RECOGNISED and guess.unit_id in paths
            row.unit_id = guess.unit_id if inside else sender.id
            row.unit_evidence = UnitEvidence.SENDER
        elif (row.unit_id, row.unit_evidence) != (guess.unit_id, guess.evidence):
            row.unit_id, row.unit_evidence = guess.unit_id, guess.evidence


def _recognise(
    centre: Unit, rows: Sequence[NominationRow], found: dict[int, Problems]
) -> dict[int, Registered]:
    """Who of the rows is known; the people meant, by account id."""
    codes = {row.position: normalise_name(row.code) for row in rows if row.code}
    keys = {row.position: search_key(row.full_name) for row in rows}
    register = queries.register(centre, set(filter(None, keys.values())), set(codes.values()))
    people = {one.someone.id: one for some in register.values() for one in some}
    paths = queries.unit_paths(centre) if register else {}
    unknown = set(codes.values()) - {code[5:] for code in register if code.startswith("code:")}
    emails = {row.email for row in rows if row.email}
    taken = queries.taken_names(unknown | emails) if unknown or emails else set()
    for row in rows:
        code = codes.get(row.position, "")
        if row.match not in DECIDED:
            path = paths.get(row.unit_id or 0, "")
            wanted = Someone(
                row.full_name, row.born, path, (code,) if code else (), (row.phone,) if row.phone else ()
            )
            same_name = register.get(keys[row.position], []) if keys[row.position] else []
            near = {one.someone.id: one.someone for one in (*same_name, *register.get(f"code:{code}", []))}
            row.match, row.account_id = best(wanted, near.values())
        known = people.get(row.account_id or 0)
        if row.match is MatchKind.SIMILAR and known is not None:
            params = {
                "name": known.someone.full_name,
                "born": known.born or "?",
                "unit": known.unit_name or "?",
            }
            found[row.position].append({"code": "similar", "params": params})
        if known is not None and row.match in SURE and not known.active:
            found[row.position].append({"code": "suspended", "params": {}})
        if code in taken or (row.match is MatchKind.NEW and f"code:{code}" in register):
            found[row.position].append({"code": "code_taken", "params": {"code": row.code}})
        if row.email and row.match not in SURE:
            if row.email in taken:
                found[row.position].append({"code": "email_taken", "params": {"email": row.email}})
            taken.add(row.email)
    return people


def _doubles(rows: Sequence[NominationRow], found: dict[int, Problems]) -> None:
    """Rows that name a person again: of one name and a birth date that may be the same, or one known account."""
    named: dict[str, list[NominationRow]] = {}
    accounts: dict[int, NominationRow] = {}
    for row in rows:
        key = search_key(row.full_name)
        if not key:
            continue
        known = row.account_id if row.match in SURE else None
        twin = accounts.get(known) if known else None
        for other in named.get(key, []):
            twin = twin or (other if births(row.born, other.born) in {Births.SAME, Births.MAYBE} else None)
            if (
                twin is None
                and births(row.born, other.born) is Births.MISSING
                and row.unit_id == other.unit_id
            ):
                twin = other
        if twin is not None:
            place = twin.place or f"#{twin.position}"
            params = {"name": twin.full_name, "born": twin.born or "?", "place": place}
            found[row.position].append({"code": "double_row", "params": params})
        named.setdefault(key, []).append(row)
        if known:
            accounts.setdefault(known, row)


def _classes(
    course_class: CourseClass,
    rows: Sequence[NominationRow],
    people: dict[int, Registered],
    found: dict[int, Problems],
) -> None:
    """In the class already, in another at the same time, or without what has to be passed before."""
    sure = {row.account_id for row in rows if row.match in SURE and row.account_id} & (
        set(people) | {row.account_id for row in rows if row.match is MatchKind.CHOSEN and row.account_id}
    )
    at_once = queries.classes_at_once(course_class, sure) if sure else {}
    required = _required(course_class)
    done = passed(sure, list(required)) if required and sure else set()
    for row in rows:
        account_id = row.account_id if row.match in SURE else None
        there = at_once.get(account_id, []) if account_id else []
        if any(other.id == course_class.id for other in there):
            found[row.position].append({"code": "in_class", "params": {}})
        for other in there:
            if other.id != course_class.id:
                dates = f"{other.starts_on:%d/%m/%Y} – {other.ends_on:%d/%m/%Y}"
                found[row.position].append(
                    {"code": "overlap", "params": {"title": after_class(other.title), "dates": dates}}
                )
        lacking = [title for number, title in required.items() if (account_id, number) not in done]
        if lacking:
            found[row.position].append({"code": "lacks", "params": {"titles": ", ".join(lacking)}})


def _required(course_class: CourseClass) -> dict[int, str]:
    programme: Programme = course_class.programme
    return {one.required_id: one.required.title for one in programme.prerequisites}
