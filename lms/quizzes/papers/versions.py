"""Question versions as a paper needs them, kept in memory: they never change, so a copy is never stale."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.bank.models import Aspect, Level, QuestionVersion

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class VersionSnapshot:
    """One question version as plain data. ``key`` and ``explanation`` stay on the server before release."""

    id: int
    question_id: int
    kind: str
    content: dict[str, Any]
    key: dict[str, Any]
    explanation: str
    topic_id: int
    level: Level
    aspect: Aspect


class _Memory:
    """The least recently used leave first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, VersionSnapshot] = OrderedDict()

    def known(self, ids: Iterable[int]) -> dict[int, VersionSnapshot]:
        with self._lock:
            found = {one: self._kept[one] for one in ids if one in self._kept}
            for one in found:
                self._kept.move_to_end(one)
            return found

    def add(self, snapshots: Iterable[VersionSnapshot]) -> None:
        with self._lock:
            for snapshot in snapshots:
                self._kept[snapshot.id] = snapshot
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


_memory = _Memory()


def forget_all() -> None:
    """Empty the memory; for tests, which start ids over."""
    _memory.clear()


def snapshots(ids: Iterable[int]) -> dict[int, VersionSnapshot]:
    """The versions with these ids, in at most one statement."""
    wanted = set(ids)
    found = _memory.known(wanted)
    missing = wanted - found.keys()
    if missing:
        columns = (
            QuestionVersion.id,
            QuestionVersion.question_id,
            QuestionVersion.kind,
            QuestionVersion.content,
            QuestionVersion.key,
            QuestionVersion.explanation,
            QuestionVersion.topic_id,
            QuestionVersion.level,
            QuestionVersion.aspect,
        )
        rows = db.session.execute(sa.select(*columns).where(QuestionVersion.id.in_(missing))).all()
        fresh = [VersionSnapshot(*row) for row in rows]
        _memory.add(fresh)
        found |= {one.id: one for one in fresh}
    return found
