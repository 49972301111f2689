"""The paper of an attempt, rebuilt from its row; what of it never changes is kept in memory."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import sqlalchemy as sa

from lms.core import seeds
from lms.core.db import db
from lms.quizzes import kinds
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.kinds.base import Kind, Presentation
from lms.quizzes.papers.models import Assessment, AssessmentKind
from lms.quizzes.papers.versions import VersionSnapshot, snapshots

KEPT = 8_000


@dataclass(frozen=True, slots=True)
class Paper:
    """What was fixed when the attempt began: who, which versions in which order, and the seed of the shuffling."""

    attempt_id: int
    public_id: str
    account_id: int
    assessment_id: int
    seed: int
    shuffle: bool
    version_ids: tuple[int, ...]
    weights: tuple[int, ...]
    practice: bool = False

    @property
    def length(self) -> int:
        """Number of slots."""
        return len(self.version_ids)


class _Memory:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Paper] = OrderedDict()

    def get(self, public_id: str) -> Paper | None:
        with self._lock:
            return self._kept.get(public_id)

    def add(self, paper: Paper) -> None:
        with self._lock:
            self._kept[paper.public_id] = paper
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_memory = _Memory()


def forget_all() -> None:
    """Empty the memory; for tests, which start over."""
    _memory.clear()


def paper_of(attempt: Attempt, *, shuffle: bool) -> Paper:
    """The paper of a loaded attempt."""
    paper = Paper(
        attempt_id=attempt.id,
        public_id=attempt.public_id,
        account_id=attempt.account_id,
        assessment_id=attempt.assessment_id,
        seed=attempt.seed,
        shuffle=shuffle,
        version_ids=tuple(slot["version"] for slot in attempt.slots),
        weights=tuple(slot["weight"] for slot in attempt.slots),
        practice=attempt.assessment.kind is AssessmentKind.PRACTICE,
    )
    _memory.add(paper)
    return paper


def find_paper(public_id: str) -> Paper | None:
    """The paper of the attempt with this public id; at most one statement, none when it is in memory."""
    paper = _memory.get(public_id)
    if paper is None:
        rules = sa.orm.joinedload(Attempt.assessment).load_only(Assessment.kind, Assessment.shuffle_options)
        attempt = db.session.scalars(
            sa.select(Attempt).options(rules).where(Attempt.public_id == public_id)
        ).one_or_none()
        if attempt is None:
            return None
        paper = paper_of(attempt, shuffle=attempt.assessment.shuffle_options)
    return paper


def kind_at(paper: Paper, slot: int) -> tuple[Kind, VersionSnapshot]:
    """Kind and version of a slot (from 1)."""
    version_id = paper.version_ids[slot - 1]
    version = snapshots([version_id])[version_id]
    return kinds.get(version.kind), version


def present(paper: Paper, slot: int, version: VersionSnapshot) -> Presentation:
    """The question of a slot as this learner sees it."""
    kind = kinds.get(version.kind)
    return kind.present(version.content, seeds.derive(paper.seed, "slot", slot), shuffle=paper.shuffle)
