"""The pool of a released assessment, and what one seed draws from it.

The pool is plain data, frozen at release: ``{"cells": [{"topic", "level", "aspect", "count", "weight"}],
"items": [[version id, question id, topic id, level, aspect]]}``.
"""

from typing import Any

import sqlalchemy as sa

from lms.core.db import db
from lms.core.errors import Conflict
from lms.core.messages import N_
from lms.quizzes.bank.models import Question, QuestionState, QuestionVersion
from lms.quizzes.papers.models import Assessment
from lms.quizzes.papers.solver import Candidate, Cell, Slot, solve


def draw_slots(assessment: Assessment, seed: int) -> list[Slot]:
    """The slots that ``seed`` draws, in order; the same for the same pool and seed.

    Raises:
        Conflict: the assessment was never released, or its pool can't fill its blueprint.
    """
    pool = assessment.pool
    if pool is None:
        raise Conflict(N_("Đề chưa được phát hành."))
    cells = [
        Cell(
            topic=cell["topic"],
            level=cell["level"],
            aspect=cell["aspect"],
            count=cell["count"],
            weight=cell["weight"],
        )
        for cell in pool["cells"]
    ]
    candidates = [
        Candidate(version_id=version, question_id=question, topic=topic, level=level, aspect=aspect)
        for version, question, topic, level, aspect in pool["items"]
    ]
    drawn = solve(cells, candidates, seed)
    if drawn.shortages:
        raise Conflict(N_("Kho câu hỏi của đề không đủ theo ma trận. Hãy báo giáo vụ."))
    return list(drawn.slots)


def freeze_pool(assessment: Assessment) -> dict[str, Any]:
    """The pool of an assessment as its blueprint and bank are now; one statement."""
    rows = db.session.execute(
        sa.select(
            QuestionVersion.id,
            QuestionVersion.question_id,
            QuestionVersion.topic_id,
            QuestionVersion.level,
            QuestionVersion.aspect,
        )
        .join(Question, Question.approved_version_id == QuestionVersion.id)
        .where(Question.bank_id == assessment.bank_id, Question.state != QuestionState.RETIRED)
        .order_by(QuestionVersion.id)
    ).all()
    cells = [
        Cell(
            topic=cell.topic_id,
            level=cell.level.value if cell.level else None,
            aspect=cell.aspect.value if cell.aspect else None,
            count=cell.count,
            weight=cell.weight,
        )
        for cell in assessment.cells
    ]
    candidates = [
        Candidate(
            version_id=row.id,
            question_id=row.question_id,
            topic=row.topic_id,
            level=row.level.value,
            aspect=row.aspect.value,
        )
        for row in rows
    ]
    return {
        "cells": [
            {
                "topic": cell.topic,
                "level": cell.level,
                "aspect": cell.aspect,
                "count": cell.count,
                "weight": cell.weight,
            }
            for cell in cells
        ],
        "items": [
            [one.version_id, one.question_id, one.topic, one.level, one.aspect]
            for one in candidates
            if any(cell.fits(one) for cell in cells)
        ],
    }
