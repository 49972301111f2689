"""Programmes and source documents within a scope."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, selectinload

from lms.auth.units.models import Unit
from lms.auth.units.queries import lineage, within
from lms.core import vietnamese
from lms.core.actor import Scope
from lms.core.db import db
from lms.core.errors import NotFound
from lms.core.messages import Message
from lms.core.paging import PER_PAGE, Page, nearest
from lms.courses.catalogue.models import Module, Prerequisite, Programme, SourceDocument
from lms.courses.catalogue.uses import Citation, citing_kinds, module_uses


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme in the list; ``periods`` are those of its modules together."""

    programme: Programme
    modules: int
    periods: int


def _holds(words: Iterable[str], text: str) -> bool:
    key = vietnamese.search_key(text)
    return all(word in key for word in words)


def programmes(scope: Scope, text: str = "", page: int = 1) -> Page[ProgrammeRow]:
    """One page of the scope's programmes, by title in Vietnamese order; one statement."""
    rows = db.session.execute(
        sa.select(Programme, sa.func.count(Module.id), sa.func.coalesce(sa.func.sum(Module.periods), 0))
        .join(Unit, Unit.id == Programme.unit_id)
        .outerjoin(Module, Module.programme_id == Programme.id)
        .where(within(scope))
        .group_by(Programme.id)
    ).all()
    words = vietnamese.search_key(text).split()
    found = [ProgrammeRow(*row) for row in rows if _holds(words, f"{row[0].code} {row[0].title}")]
    found.sort(key=lambda one: (vietnamese.text_sort_key(one.programme.title), one.programme.id))
    page = nearest(page, len(found))
    return Page(found[(page - 1) * PER_PAGE : page * PER_PAGE], page, len(found))


def programme_in(scope: Scope, key: str) -> tuple[Programme, Unit]:
    """The programme of this public id with its modules and prerequisites, and its centre; three statements.

    Raises:
        NotFound: there is none within the scope.
    """
    row = db.session.execute(
        sa.select(Programme, Unit)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(Programme.public_id == key, within(scope))
        .options(
            selectinload(Programme.modules),
            selectinload(Programme.prerequisites).joinedload(Prerequisite.required),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def module_in(scope: Scope, key: str) -> tuple[Module, Unit]:
    """The module of this public id with its programme, and the centre.

    Raises:
        NotFound: there is none within the scope.
    """
    row = db.session.execute(
        sa.select(Module, Unit)
        .join(Module.programme)
        .join(Unit, Unit.id == Programme.unit_id)
        .where(Module.public_id == key, within(scope))
        .options(contains_eager(Module.programme))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def programmes_beside(unit: Unit, programme: Programme | None = None) -> list[Programme]:
    """The centre's other programmes, by title in Vietnamese order."""
    found = db.session.scalars(sa.select(Programme).where(Programme.unit_id == unit.id))
    rest = [one for one in found if one is not programme]
    return sorted(rest, key=lambda one: (vietnamese.text_sort_key(one.title), one.id))


def required_by(unit: Unit) -> dict[int, set[int]]:
    """Which programmes each programme of the centre asks for, by id."""
    rows = db.session.execute(
        sa.select(Prerequisite.programme_id, Prerequisite.required_id)
        .join(Programme, Programme.id == Prerequisite.programme_id)
        .where(Programme.unit_id == unit.id)
    )
    found: dict[int, set[int]] = {}
    for programme_id, required_id in rows:
        found.setdefault(programme_id, set()).add(required_id)
    return found


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a kind a module has, in words, and the page that shows them."""

    said: Message
    count: int
    endpoint: str


def kept_by_module(modules: Collection[Module]) -> dict[int, list[Kept]]:
    """What rooms above keep of each module; one statement a kind. A kind with a page is there at nought too."""
    ids = [module.id for module in modules]
    found: dict[int, list[Kept]] = {number: [] for number in ids}
    if not ids:
        return found
    for use in module_uses():
        counts = use.counts(ids)
        for number in ids:
            if counts.get(number) or use.endpoint:
                count = counts.get(number, 0)
                found[number].append(Kept(Message(use.words, {"count": count}), count, use.endpoint))
    return found


# --- source documents


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in the register and what replaced it."""

    document: SourceDocument
    replaced_by: SourceDocument | None


def _readable(scope: Scope) -> sa.ColumnElement[bool]:
    """Documents of the scope's units and of those above them."""
    above = {number for path in scope.paths for number in lineage(path)}
    return sa.or_(within(scope), Unit.id.in_(above))


def documents(scope: Scope, text: str = "", state: str = "", page: int = 1) -> Page[DocumentRow]:
    """One page of the register, the latest first; ``state`` is empty, ``valid`` or ``replaced``."""
    newer = aliased(SourceDocument)
    statement = (
        sa.select(SourceDocument, newer)
        .join(Unit, Unit.id == SourceDocument.unit_id)
        .outerjoin(newer, newer.id == SourceDocument.replaced_by_id)
        .where(_readable(scope))
        .order_by(SourceDocument.issued.desc(), SourceDocument.id.desc())
    )
    if state == "valid":
        statement = statement.where(SourceDocument.replaced_by_id.is_(None))
    elif state == "replaced":
        statement = statement.where(SourceDocument.replaced_by_id.is_not(None))
    words = vietnamese.search_key(text).split()
    found = [
        DocumentRow(*row)
        for row in db.session.execute(statement)
        if not words or _holds(words, f"{row[0].code} {row[0].number} {row[0].title} {row[0].issuer}")
    ]
    page = nearest(page, len(found))
    return Page(found[(page - 1) * PER_PAGE : page * PER_PAGE], page, len(found))


def document_in(scope: Scope, key: str) -> tuple[SourceDocument, Unit]:
    """The document of this public id, and the unit that keeps it.

    Raises:
        NotFound: there is none within the scope or above it.
    """
    row = db.session.execute(
        sa.select(SourceDocument, Unit)
        .join(Unit, Unit.id == SourceDocument.unit_id)
        .where(SourceDocument.public_id == key, _readable(scope))
    ).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def citable(unit: Unit) -> Sequence[SourceDocument]:
    """The documents that what belongs to ``unit`` may cite, by title: its own and those of the units above it."""
    found = db.session.scalars(
        sa.select(SourceDocument).where(SourceDocument.unit_id.in_(lineage(unit.path)))
    )
    return sorted(found, key=lambda one: (vietnamese.text_sort_key(one.title), one.id))


def replaced_by(document: SourceDocument) -> SourceDocument | None:
    """What took the document's place."""
    if document.replaced_by_id is None:
        return None
    return db.session.get(SourceDocument, document.replaced_by_id)


def successors() -> dict[int, int]:
    """Which document replaced which, by id."""
    rows = db.session.execute(
        sa.select(SourceDocument.id, SourceDocument.replaced_by_id).where(
            SourceDocument.replaced_by_id.is_not(None)
        )
    )
    return {row.id: row.replaced_by_id for row in rows}


def codes_of(unit: Unit) -> dict[str, int]:
    """Codes in use at the unit, folded, each with its document's id."""
    rows = db.session.execute(
        sa.select(SourceDocument.id, SourceDocument.code).where(SourceDocument.unit_id == unit.id)
    )
    return {row.code.casefold(): row.id for row in rows}


@dataclass(frozen=True, slots=True)
class Cited:
    """What of one kind cites a document; ``label`` is a message id."""

    label: str
    citation: Citation


def cites(document_ids: Collection[int], scope: Scope) -> list[Cited]:
    """Everything within the scope that cites these documents; one statement a kind."""
    if not document_ids:
        return []
    return [Cited(kind.label, one) for kind in citing_kinds() for one in kind.find(document_ids, scope)]


@dataclass(frozen=True, slots=True)
class Stale:
    """Something that cites a document which was replaced: to be looked at again (*cần rà soát*)."""

    cited: Cited
    document: SourceDocument
    replaced_by: SourceDocument


def stale(scope: Scope) -> list[Stale]:
    """Everything within the scope whose source was replaced, by document."""
    newer = aliased(SourceDocument)
    rows = db.session.execute(
        sa.select(SourceDocument, newer)
        .join(Unit, Unit.id == SourceDocument.unit_id)
        .join(newer, newer.id == SourceDocument.replaced_by_id)
        .where(_readable(scope))
        .order_by(SourceDocument.code, SourceDocument.id)
    ).all()
    by_id = {old.id: (old, new) for old, new in rows}
    found = cites(list(by_id), scope)
    found.sort(key=lambda one: list(by_id).index(one.citation.document_id))
    return [Stale(one, *by_id[one.citation.document_id]) for one in found]
