"""Writing regulations, confirming them, pointing programmes to them, and fixing what a class began with."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from lms.audit.operations import record
from lms.auth.units.models import Unit, UnitKind
from lms.core import clock
from lms.core.actor import Actor
from lms.core.db import db, operation
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.messages import N_, Message
from lms.core.vietnamese import clean_name
from lms.courses.catalogue.models import Programme
from lms.courses.classes.models import CourseClass
from lms.results.classification.checking import problems
from lms.results.classification.regulation import Regulation as Content
from lms.results.regulations import rules
from lms.results.regulations.models import (
    ClassRegulation,
    ProgrammeRegulation,
    Regulation,
    RegulationVersion,
)
from lms.results.regulations.queries import newest_version, version_followed

TITLE_LENGTH, SOURCE_LENGTH = 250, 300


@operation
def found_regulation(*, actor: Actor, unit: Unit, title: str, content: Content) -> Regulation:
    """A new regulation of the centre ``unit`` with its first version, not yet compared with the centre's text.

    Raises:
        NotAllowed: the actor doesn't keep that centre's regulations.
        Invalid: the title is empty or taken, or the content makes no sense.
    """
    if unit.kind is not UnitKind.CENTRE or not rules.may_keep(actor, unit.path):
        raise NotAllowed
    words = _title(unit.id, title)
    _must_make_sense(content)
    regulation = Regulation(unit_id=unit.id, title=words, created_at=clock.now())
    regulation.versions = [_version(actor, 1, content)]
    db.session.add(regulation)
    record(actor=actor, action="regulation.founded", subject=regulation, data={"title": words})
    return regulation


@operation
def add_version(
    *, actor: Actor, regulation: Regulation, title: str, content: Content, based_on: int
) -> RegulationVersion:
    """A new version. Classes that have begun keep the one they began with; ``based_on`` is the number that was edited.

    Raises:
        NotAllowed: the actor doesn't keep the centre's regulations.
        Conflict: somebody else made a newer version meanwhile, or nothing was changed.
        Invalid: the title is empty or taken, or the content makes no sense.
    """
    if not rules.may_keep(actor, regulation.unit.path):
        raise NotAllowed
    _lock(regulation)
    newest = newest_version(regulation.id)
    if newest.number != based_on:
        raise Conflict
    words = _title(regulation.unit_id, title, regulation)
    _must_make_sense(content)
    if content.to_json() == newest.content and words == regulation.title:
        raise Conflict(N_("Nội dung không có gì thay đổi nên không tạo phiên bản mới."))
    programmes = db.session.scalars(
        sa.select(ProgrammeRegulation.programme_id).where(ProgrammeRegulation.regulation_id == regulation.id)
    ).all()
    _settle_begun(actor, programmes)
    regulation.title = words
    version = _version(actor, newest.number + 1, content)
    version.regulation_id = regulation.id
    db.session.add(version)
    record(
        actor=actor, action="regulation.version_added", subject=regulation, data={"number": version.number}
    )
    return version


@operation
def confirm_version(*, actor: Actor, version: RegulationVersion, source: str) -> None:
    """The leader's word that the version agrees with the centre's own text, which ``source`` names.

    Raises:
        NotAllowed: the actor is no leader of the centre.
        Conflict: it was confirmed already.
        Invalid: no source was named.
    """
    regulation = version.regulation
    if not rules.may_confirm(actor, regulation.unit.path):
        raise NotAllowed
    _lock(regulation)
    if version.confirmed_at is not None:
        raise Conflict(N_("Phiên bản này đã được xác nhận rồi."))
    words = clean_name(source)[:SOURCE_LENGTH]
    if not words:
        raise Invalid(fields={"source": N_("Hãy ghi số, ngày của văn bản đã dùng để đối chiếu.")})
    version.source, version.confirmed_at, version.confirmed_by_id = words, clock.now(), actor.id
    data = {"number": version.number, "source": words}
    record(actor=actor, action="regulation.confirmed", subject=regulation, data=data)


@operation
def point_programmes(*, actor: Actor, regulation: Regulation, programme_keys: Collection[str]) -> None:
    """Let exactly these programmes of the centre follow the regulation. Classes that have begun keep what they have.

    Raises:
        NotAllowed: the actor doesn't keep the centre's regulations.
        NotFound: a programme isn't one of the centre's.
    """
    if not rules.may_keep(actor, regulation.unit.path):
        raise NotAllowed
    _lock(regulation)
    mine = db.session.scalars(sa.select(Programme).where(Programme.unit_id == regulation.unit_id)).all()
    known = {one.public_id: one for one in mine}
    if not set(programme_keys) <= set(known):
        raise NotFound
    wanted = {known[key].id for key in programme_keys}
    pointing = {
        one.programme_id: one
        for one in db.session.scalars(
            sa.select(ProgrammeRegulation).where(
                ProgrammeRegulation.programme_id.in_([one.id for one in mine])
            )
        )
    }
    before = {number for number, one in pointing.items() if one.regulation_id == regulation.id}
    if wanted == before:
        return
    _settle_begun(actor, wanted ^ before)
    for number in before - wanted:
        db.session.delete(pointing[number])
    for number in wanted - before:
        if number in pointing:
            pointing[number].regulation_id = regulation.id
        else:
            db.session.add(ProgrammeRegulation(programme_id=number, regulation_id=regulation.id))
    data = {"programmes": sorted(one.code for one in mine if one.id in wanted)}
    record(actor=actor, action="regulation.programmes_set", subject=regulation, data=data)


@operation
def settle_version(*, actor: Actor, course_class: CourseClass) -> RegulationVersion:
    """Fix the version that a class follows from now on, unless it is fixed; what the class does is judged by it.

    Raises:
        Conflict: the class's programme points to no regulation.
    """
    version = version_followed(course_class.id)
    if version is None:
        raise Conflict(
            N_("Chương trình của lớp chưa có quy chế. Mở trang Quy chế và chọn quy chế cho chương trình này.")
        )
    if db.session.get(ClassRegulation, course_class.id) is None:
        db.session.add(
            ClassRegulation(
                class_id=course_class.id,
                version_id=version.id,
                set_at=clock.now(),
                set_by_id=actor.id or None,
            )
        )
        db.session.flush()
    return version


def _settle_begun(actor: Actor, programme_ids: Collection[int]) -> None:
    """Before what their programmes point to changes: classes that have begun keep what they follow today."""
    today: date = clock.to_local(clock.now()).date()
    begun = db.session.scalars(
        sa.select(CourseClass)
        .outerjoin(ClassRegulation, ClassRegulation.class_id == CourseClass.id)
        .where(
            CourseClass.programme_id.in_(programme_ids),
            CourseClass.starts_on <= today,
            ClassRegulation.class_id.is_(None),
        )
    ).all()
    for course_class in begun:
        if version_followed(course_class.id) is not None:
            settle_version(actor=actor, course_class=course_class)


def _lock(regulation: Regulation) -> None:
    """One at a time changes a regulation."""
    db.session.execute(
        sa.select(Regulation.id).where(Regulation.id == regulation.id).with_for_update(key_share=True)
    )


def _version(actor: Actor, number: int, content: Content) -> RegulationVersion:
    return RegulationVersion(
        number=number, content=content.to_json(), created_by_id=actor.id, created_at=clock.now()
    )


def _title(unit_id: int, title: str, regulation: Regulation | None = None) -> str:
    words = clean_name(title)
    if not words:
        raise Invalid(fields={"title": N_("Hãy nhập tên quy chế.")})
    if len(words) > TITLE_LENGTH:
        raise Invalid(
            fields={"title": Message(N_("Tên quy chế dài nhất %(most)s chữ."), {"most": TITLE_LENGTH})}
        )
    rows = db.session.execute(
        sa.select(Regulation.id, Regulation.title).where(Regulation.unit_id == unit_id)
    ).all()
    if any(
        row.title.casefold() == words.casefold() and row.id != getattr(regulation, "id", None) for row in rows
    ):
        raise Invalid(fields={"title": N_("Trung tâm đã có quy chế mang tên này.")})
    return words


def _must_make_sense(content: Content) -> None:
    found = problems(content)
    if found:
        raise Invalid(found[0].text.id, fields={one.where: one.text for one in found}, **found[0].text.params)
