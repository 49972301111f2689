"""What keeps an assessment from being set up so, or from being released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.core.messages import N_, Message
from lms.quizzes.bank.queries import approved_pool
from lms.quizzes.papers.blueprints import Line
from lms.quizzes.papers.models import Assessment, AssessmentKind
from lms.quizzes.papers.solver import Candidate, Cell, Drawing, solve

LONGEST_LIMIT = timedelta(hours=24)
MOST_ATTEMPTS = 100
TITLE_LENGTH = 250
INSTRUCTIONS_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A cell that the bank can't fill; ``rivals`` are the cells that draw on the same questions."""

    line: Line
    lacking: int
    available: int
    rivals: tuple[Line, ...] = ()


def lines_of(assessment: Assessment) -> list[Line]:
    """The stored blueprint."""
    return [
        Line(cell.topic_id, cell.level, cell.aspect, cell.count, cell.weight) for cell in assessment.cells
    ]


def trial(lines: Sequence[Line], bank_id: int, seed: int = 0) -> Drawing:
    """What the bank as it is now gives for a blueprint; one statement."""
    cells = [
        Cell(
            topic=line.topic,
            level=line.level.value if line.level else None,
            aspect=line.aspect.value if line.aspect else None,
            count=line.count,
            weight=line.weight,
        )
        for line in lines
    ]
    pool = [
        Candidate(
            version_id=row.version_id,
            question_id=row.question_id,
            topic=row.topic_id,
            level=row.level.value,
            aspect=row.aspect.value,
        )
        for row in approved_pool(bank_id)
    ]
    return solve(cells, pool, seed)


def shortfalls(lines: Sequence[Line], bank_id: int) -> list[Shortfall]:
    """The cells that the bank can't fill now, in the blueprint's order; together the fewest questions possible."""
    return [
        Shortfall(
            line=lines[one.cell],
            lacking=one.lacking,
            available=one.available,
            rivals=tuple(lines[rival] for rival in one.rivals),
        )
        for one in trial(lines, bank_id).shortages
    ]


def window_problems(
    *, opens_at: datetime | None, closes_at: datetime | None, time_limit: int | None, moment: datetime
) -> dict[str, Message]:
    """What is wrong with a window and a time limit (seconds), by field."""
    found: dict[str, Message] = {}
    if closes_at is not None and opens_at is not None and closes_at <= opens_at:
        found["closes_at"] = Message(N_("Giờ đóng phải sau giờ mở. Hãy sửa giờ mở hoặc giờ đóng."))
    elif closes_at is not None and closes_at <= moment:
        found["closes_at"] = Message(N_("Giờ đóng đã qua rồi. Hãy chọn một giờ sau hiện tại."))
    if time_limit is not None and time_limit <= 0:
        found["time_limit"] = Message(N_("Thời gian làm bài phải từ 1 phút trở lên."))
    elif time_limit is not None and time_limit > LONGEST_LIMIT.total_seconds():
        hours = int(LONGEST_LIMIT.total_seconds()) // 3600
        found["time_limit"] = Message(N_("Thời gian làm bài nhiều nhất là %(hours)s giờ."), {"hours": hours})
    elif (
        time_limit
        and opens_at
        and closes_at
        and opens_at < closes_at < opens_at + timedelta(seconds=time_limit)
    ):
        minutes = int((closes_at - opens_at).total_seconds()) // 60
        found["time_limit"] = Message(
            N_(
                "Từ giờ mở đến giờ đóng chỉ có %(minutes)s phút, ít hơn thời gian làm bài. Hãy sửa một trong hai."
            ),
            {"minutes": minutes},
        )
    return found


def release_problems(assessment: Assessment, moment: datetime) -> list[Message]:
    """Everything but missing questions of the bank that keeps an assessment from being released."""
    found = []
    if not assessment.cells:
        found.append(Message(N_("Ma trận chưa lấy câu nào. Hãy ghi số câu vào ma trận.")))
    graded = assessment.kind is not AssessmentKind.PRACTICE
    if graded and (assessment.opens_at is None or assessment.closes_at is None):
        found.append(Message(N_("Bài kiểm tra cần giờ mở và giờ đóng.")))
    found += window_problems(
        opens_at=assessment.opens_at,
        closes_at=assessment.closes_at,
        time_limit=assessment.time_limit,
        moment=moment,
    ).values()
    return found
