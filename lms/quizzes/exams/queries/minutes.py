"""What the minutes (*biên bản*) of a session say: the facts as they stand, or as they stood when it was locked."""

from typing import Any

from lms.core import clock
from lms.quizzes.exams.models import Admission, Candidate, ExamSession
from lms.quizzes.exams.queries.progress import Sitter, counts, incidents, sitters

TEXTS = ("course", "opinion", "handover")
"""What people write beside the facts: how it went, what the invigilators think, what was handed over."""


def facts(exam: ExamSession) -> dict[str, Any]:
    """The facts of the minutes as plain data; times are ISO texts in UTC. Locked minutes keep those of their lock."""
    kept: dict[str, Any] | None = (exam.minutes or {}).get("facts")
    return kept if kept is not None else present_facts(exam, sitters(exam))


def present_facts(exam: ExamSession, people: list[Sitter]) -> dict[str, Any]:
    """The facts as they stand now."""
    found = counts(people)
    return {
        "title": exam.title,
        "assessment": exam.assessment.title,
        "class": exam.course_class.title,
        "place": exam.place,
        "starts_at": exam.starts_at.isoformat(),
        "ends_at": exam.ends_at.isoformat(),
        "opened_at": exam.opened_at.isoformat() if exam.opened_at else None,
        "ended_at": exam.ended_at.isoformat() if exam.ended_at else None,
        "invigilators": [exam.invigilator_one, exam.invigilator_two],
        "counts": {name: getattr(found, name) for name in found.__slots__},
        "rooms": [
            {
                "name": room.name,
                "people": sum(one.candidate.room_id == room.id for one in people),
                "present": sum(one.candidate.room_id == room.id and one.is_present for one in people),
            }
            for room in exam.rooms
        ],
        "absent": [_person(one.candidate) for one in people if one.has_seat and not one.is_present],
        **{
            name: [
                _person(one.candidate)
                for one in people
                if one.candidate.admission is admission and not one.candidate.left_class
            ]
            for name, admission in (
                ("barred", Admission.BARRED),
                ("admitted", Admission.ADMITTED),
                ("refused", Admission.REFUSED),
            )
        },
        "left": [_person(one.candidate) for one in people if one.candidate.left_class],
        "extra": [
            {**_person(one.candidate), "minutes": one.extra // 60, "reason": "; ".join(one.extra_reasons)}
            for one in people
            if one.extra
        ],
        "incidents": [
            {
                "at": one.at.isoformat(),
                "text": one.text,
                **(_person(one.candidate) if one.candidate is not None else {"number": "", "name": ""}),
            }
            for one in incidents(exam)
        ],
        "written_at": clock.now().isoformat(),
    }


def _person(candidate: Candidate) -> dict[str, Any]:
    return {
        "number": candidate.number or "",
        "name": candidate.account.full_name,
        "unit": unit_name(candidate),
        "reason": candidate.reason,
    }


def unit_name(candidate: Candidate) -> str:
    """The unit that sent the candidate, as the enrolment has it."""
    enrolled = candidate.enrolment.unit if candidate.enrolment is not None else None
    unit = enrolled or candidate.account.unit
    return (unit.short_name or unit.name) if unit is not None else ""


def texts(exam: ExamSession) -> dict[str, str]:
    """What people wrote, by name."""
    written: dict[str, str] = (exam.minutes or {}).get("texts", {})
    return {name: written.get(name, "") for name in TEXTS}


def corrections(exam: ExamSession) -> list[dict[str, Any]]:
    """What was corrected after the lock: who, when (ISO, UTC), why, and the texts before."""
    made: list[dict[str, Any]] = (exam.minutes or {}).get("corrections", [])
    return made
