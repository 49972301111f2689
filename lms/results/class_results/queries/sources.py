"""Where the components of a class take their marks from: what is chosen, what there is to choose, what is proposed."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.grading.models import EssayState, EssayTask
from lms.quizzes.papers.models import Assessment, AssessmentKind, AssessmentState
from lms.results.class_results.models import ComponentSource
from lms.results.classification.regulation import ComponentKind, Regulation
from lms.results.gradebook.models import Publication

ASSESSMENT, ESSAY, ATTENDANCE, MANUAL = "assessment", "essay", "attendance", "manual"


@dataclass(frozen=True, slots=True)
class Source:
    """One source of a component. ``published``: learners may know its marks; ``target_id`` is the row's id."""

    component: str
    kind: str
    target: str
    target_id: int | None
    title: str
    published: bool

    @property
    def key(self) -> str:
        """As forms name it."""
        return f"{self.kind}:{self.target}"


def sources_of(class_id: int) -> dict[str, list[Source]]:
    """The chosen sources by component, assessments in the order they were sat; one statement."""
    rows = db.session.execute(
        sa.select(
            ComponentSource.component,
            ComponentSource.kind,
            ComponentSource.target,
            Assessment.id.label("assessment_id"),
            Assessment.title.label("assessment"),
            Publication.assessment_id.label("publication"),
            EssayTask.id.label("essay_id"),
            EssayTask.title.label("essay"),
            EssayTask.state.label("essay_state"),
        )
        .outerjoin(
            Assessment,
            (ComponentSource.kind == ASSESSMENT) & (Assessment.public_id == ComponentSource.target),
        )
        .outerjoin(Publication, Publication.assessment_id == Assessment.id)
        .outerjoin(
            EssayTask, (ComponentSource.kind == ESSAY) & (EssayTask.public_id == ComponentSource.target)
        )
        .where(ComponentSource.class_id == class_id)
        .order_by(Assessment.opens_at, Assessment.id, EssayTask.id, ComponentSource.id)
    )
    found: dict[str, list[Source]] = {}
    for row in rows:
        published = row.publication is not None or row.essay_state is EssayState.PUBLISHED
        source = Source(
            row.component,
            row.kind,
            row.target,
            row.assessment_id or row.essay_id,
            row.assessment or row.essay or "",
            published or row.kind in {ATTENDANCE, MANUAL},
        )
        found.setdefault(row.component, []).append(source)
    return found


@dataclass(frozen=True, slots=True)
class Offer:
    """Something of the class that gives marks."""

    kind: str
    target: str
    title: str
    what: AssessmentKind | None = None

    @property
    def key(self) -> str:
        """As forms name it."""
        return f"{self.kind}:{self.target}"


def offers_of(class_id: int) -> list[Offer]:
    """The class's graded assessments and essays, in the order they were sat; two statements."""
    assessments = db.session.execute(
        sa.select(Assessment.public_id, Assessment.title, Assessment.kind)
        .where(
            Assessment.class_id == class_id,
            Assessment.state != AssessmentState.DRAFT,
            Assessment.kind != AssessmentKind.PRACTICE,
        )
        .order_by(Assessment.opens_at, Assessment.id)
    )
    essays = db.session.execute(
        sa.select(EssayTask.public_id, EssayTask.title)
        .where(EssayTask.class_id == class_id, EssayTask.state != EssayState.DRAFT)
        .order_by(EssayTask.id)
    )
    return [
        *(Offer(ASSESSMENT, row.public_id, row.title, row.kind) for row in assessments),
        *(Offer(ESSAY, row.public_id, row.title) for row in essays),
    ]


def proposal(regulation: Regulation, offers: Sequence[Offer]) -> dict[str, list[str]]:
    """Sources that suit each component, by code: several components of a kind share what there is, one each.

    A final test is the last one sat; module tests and essays are all there are; conduct is typed.
    """
    wanted: dict[ComponentKind, list[str]] = {}
    for one in regulation.components:
        wanted.setdefault(one.kind, []).append(one.code)
    found: dict[str, list[str]] = {}
    for kind, codes in wanted.items():
        keys = _suiting(kind, offers)
        if kind in {ComponentKind.ATTENDANCE, ComponentKind.CONDUCT}:
            found |= dict.fromkeys(codes, keys)
        elif len(codes) == 1:
            found[codes[0]] = keys[-1:] if kind is ComponentKind.FINAL_TEST else keys
        else:
            found |= {code: keys[place : place + 1] for place, code in enumerate(codes)}
    return found


def _suiting(kind: ComponentKind, offers: Sequence[Offer]) -> list[str]:
    if kind is ComponentKind.ATTENDANCE:
        return [f"{ATTENDANCE}:"]
    if kind is ComponentKind.CONDUCT:
        return [f"{MANUAL}:"]
    if kind is ComponentKind.ESSAY:
        return [one.key for one in offers if one.kind == ESSAY]
    wanted = AssessmentKind.MODULE_TEST if kind is ComponentKind.MODULE_TEST else AssessmentKind.FINAL_TEST
    return [one.key for one in offers if one.what is wanted]
