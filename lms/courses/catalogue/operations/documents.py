"""The register of source documents: entered, corrected, replaced."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lms.audit.operations import record
from lms.auth.units.models import Unit
from lms.core import vietnamese
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Invalid, NotAllowed
from lms.core.messages import N_, Message
from lms.courses.catalogue import queries, rules
from lms.courses.catalogue.models import SourceDocument
from lms.courses.catalogue.operations.locking import lock_catalogue

_ISSUED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class DocumentData:
    """What is known of a source document; without ``code`` the next free one is taken."""

    number: str
    title: str
    issuer: str
    issued: str
    in_force_from: date | None
    code: str = ""
    replaced_by: SourceDocument | None = None


@operation
def register_document(*, actor: Actor, unit: Unit, data: DocumentData) -> SourceDocument:
    """Enter a source document into the register of ``unit``.

    Raises:
        NotAllowed: the actor enters none there.
        Invalid: what is wrong with which field.
    """
    if not rules.may_register(actor, unit.path):
        raise NotAllowed
    lock_catalogue(unit=unit)
    document = SourceDocument(unit_id=unit.id)
    _fill_document(document, unit, data)
    db.session.add(document)
    record(actor=actor, action="source.registered", subject=document, data=_document_known(document))
    return document


@operation
def edit_document(*, actor: Actor, document: SourceDocument, unit: Unit, data: DocumentData) -> None:
    """Correct a document, or say what replaced it: then what cites it is listed as stale.

    Raises:
        NotAllowed: the actor keeps no register there.
        Invalid: what is wrong with which field.
    """
    if document.unit_id != unit.id or not rules.may_register(actor, unit.path):
        raise NotAllowed
    lock_catalogue(unit=unit)
    before = _document_known(document)
    _fill_document(document, unit, data)
    after = _document_known(document)
    changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
    if changed:
        record(actor=actor, action="source.edited", subject=document, data=changed)


def _fill_document(document: SourceDocument, unit: Unit, data: DocumentData) -> None:
    title, code = vietnamese.clean_name(data.title), vietnamese.clean_name(data.code)
    codes = queries.codes_of(unit)
    problems: dict[str, Message | str] = {}
    if not title:
        problems["title"] = N_("Hãy nhập tên văn bản.")
    if code and codes.get(code.casefold(), document.id) != document.id:
        problems["code"] = N_("Đã có một văn bản mang mã này.")
    issued = _issued(data.issued)
    if issued is None:
        problems["issued"] = N_("Ngày ban hành chưa đúng. Ghi như 19/01/2011, hoặc 10/1947, hoặc 1927.")
    newer = data.replaced_by
    if newer is not None and newer not in queries.citable(unit):
        problems["replaced_by"] = N_("Văn bản thay thế phải có trong sổ của trung tâm.")
    elif newer is not None and document.id is not None and _follows(newer.id, document.id):
        problems["replaced_by"] = N_("Hai văn bản không thể thay thế lẫn nhau.")
    if problems:
        raise Invalid(fields=problems)
    document.title = title
    document.code = code or document.code or _next_code(codes)
    document.number = vietnamese.clean_name(data.number)
    document.issuer = vietnamese.clean_name(data.issuer)
    document.issued = issued or ""
    document.in_force_from = data.in_force_from
    document.replaced_by_id = newer.id if newer is not None else None


def _issued(text: str) -> str | None:
    """``19/01/2011``, ``10/1947``, ``1927`` or the same from the year down, as it is stored; None if it is no date."""
    text = text.strip()
    if not text:
        return ""
    if "/" in text:
        text = "-".join(part.zfill(2) for part in reversed(text.split("/")))
    found = _ISSUED.fullmatch(text)
    if found is None:
        return None
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None
    return text


def _follows(newer: int, older: int) -> bool:
    """Whether ``newer`` is ``older``, or was itself replaced by it, directly or in the end."""
    successors = queries.successors()
    number: int | None = newer
    for _ in range(len(successors) + 2):
        if number is None or number == older:
            return number == older
        number = successors.get(number)
    return True


def _next_code(codes: Collection[str]) -> str:
    return next(f"VB{number}" for number in range(1, len(codes) + 2) if f"vb{number}" not in codes)


def _document_known(document: SourceDocument) -> dict[str, object]:
    day = document.in_force_from
    return {
        "code": document.code,
        "number": document.number,
        "title": document.title,
        "issuer": document.issuer,
        "issued": document.issued,
        "in_force_from": day.isoformat() if day else None,
        "replaced_by": document.replaced_by_id,
    }
