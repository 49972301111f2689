"""Making and changing programmes and what has to be passed before them."""

from collections.abc import Collection
from dataclasses import dataclass

from lms.audit.operations import record
from lms.auth.units.models import Unit, UnitKind
from lms.core import vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.courses.catalogue import queries, rules
from lms.courses.catalogue.models import Prerequisite, Programme
from lms.courses.catalogue.operations.locking import lock_catalogue

MODULE_WORD = "chuyên đề"  # house: content, as the centre would type it


@dataclass(frozen=True)
class ProgrammeData:
    """What is known of a programme; ``required`` are the programmes that have to be passed before."""

    code: str
    title: str
    module_word: str
    required: Collection[Programme] = ()


@operation
def make_programme(*, actor: Actor, unit: Unit, data: ProgrammeData) -> Programme:
    """A new programme of the centre ``unit``, without modules.

    Raises:
        NotAllowed: the actor doesn't keep that centre's programmes.
        Invalid: what is wrong with which field.
    """
    if unit.kind is not UnitKind.CENTRE or not rules.may_keep(actor, unit.path):
        raise NotAllowed
    lock_catalogue(unit=unit)
    programme = Programme(unit_id=unit.id)
    _fill(programme, unit, data)
    db.session.add(programme)
    record(actor=actor, action="programme.made", subject=programme, data=_known(programme))
    return programme


@operation
def edit_programme(*, actor: Actor, programme: Programme, unit: Unit, data: ProgrammeData) -> None:
    """Correct what is known of a programme of ``unit``.

    Raises:
        NotAllowed: the actor doesn't keep it.
        Invalid: what is wrong with which field.
    """
    check_kept(actor, programme, unit)
    before = _known(programme)
    _fill(programme, unit, data)
    after = _known(programme)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        record(actor=actor, action="programme.edited", subject=programme, data=changed)


def check_kept(actor: Actor, programme: Programme, unit: Unit) -> None:
    """Refuse whoever doesn't keep the programme of ``unit``; then nobody else changes it."""
    if programme.unit_id != unit.id or not rules.may_keep(actor, unit.path):
        raise NotAllowed
    lock_catalogue(unit=unit)


def _fill(programme: Programme, unit: Unit, data: ProgrammeData) -> None:
    code, title = vietnamese.clean_name(data.code), vietnamese.clean_name(data.title)
    beside = queries.programmes_beside(unit, programme)
    problems: dict[str, Message | str] = {}
    if not code:
        problems["code"] = N_("Hãy nhập mã chương trình.")
    elif any(one.code.casefold() == code.casefold() for one in beside):
        problems["code"] = N_("Đã có một chương trình mang mã này.")
    if not title:
        problems["title"] = N_("Hãy nhập tên chương trình.")
    elif any(one.title.casefold() == title.casefold() for one in beside):
        problems["title"] = N_("Đã có một chương trình mang tên này.")
    required = {one.id for one in data.required}
    if required - {one.id for one in beside}:
        problems["required"] = N_("Chương trình phải học trước phải là chương trình khác của trung tâm này.")
    elif programme.id is not None and _asks_for(required, programme.id, queries.required_by(unit)):
        text = N_("Hai chương trình không thể là điều kiện của nhau.")
        problems["required"] = text
    if problems:
        raise Invalid(fields=problems)
    programme.code, programme.title = code, title
    programme.module_word = vietnamese.clean_name(data.module_word).lower() or MODULE_WORD
    kept = [one for one in programme.prerequisites if one.required_id in required]
    fresh = required - {one.required_id for one in kept}
    programme.prerequisites = [*kept, *(Prerequisite(required_id=number) for number in sorted(fresh))]


def _asks_for(first: Collection[int], wanted: int, required_by: dict[int, set[int]]) -> bool:
    """Whether one of ``first``, or what they ask for in turn, asks for ``wanted``."""
    seen: set[int] = set()
    waiting = list(first)
    while waiting:
        number = waiting.pop()
        if number == wanted:
            return True
        if number not in seen:
            seen.add(number)
            waiting += required_by.get(number, ())
    return False


def _known(programme: Programme) -> dict[str, object]:
    return {
        "code": programme.code,
        "title": programme.title,
        "module_word": programme.module_word,
        "required": sorted(one.required_id for one in programme.prerequisites),
    }
