"""The papers that other rooms make, plugged into the dossier's checklist."""

from collections.abc import Callable, Sequence

import sqlalchemy as sa

from lms.auth.units.letterhead import letterhead
from lms.core import files
from lms.core.db import db
from lms.core.messages import N_, Message
from lms.core.numbers import format_percent
from lms.core.rounding import rounded
from lms.courses.attendance.models import ClassMeeting
from lms.courses.attendance.overview import overview
from lms.courses.attendance.register import Heading, register_pdf
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.exams.models import ExamSession, ExamState
from lms.quizzes.exams.sheets import minutes_pdf, signature_sheet_pdf
from lms.results.class_results.models import ClassResult, ResultState
from lms.results.class_results.queries.results import class_result_of
from lms.results.class_results.sheets import recognition_pdf, score_sheet_pdf
from lms.results.dossier.papers import class_list_pdf, head_of
from lms.results.dossier.registry import Piece, Source, plug_in
from lms.results.letters.models import UnitLetter
from lms.results.letters.printing import draft_of, letters_pdf
from lms.results.letters.queries import letters_of

LIST, REGISTER, LETTERS = N_("Danh sách học viên"), N_("Bảng chuyên cần"), N_("Công văn gửi đơn vị")
SCORES, RECOGNITION = N_("Bảng điểm"), N_("Danh sách công nhận kết quả")
MINUTES, SIGNATURES = N_("Biên bản: %(title)s"), N_("Danh sách ký: %(title)s")
LETTER_COUNT = N_("Công văn gửi đơn vị (%(count)s)")


def _has(wanted: sa.Select[int], title: str) -> list[str]:
    return [title] if db.session.scalar(sa.select(wanted.exists())) else []


def list_titles(course_class: CourseClass) -> list[str]:
    """The list, once somebody is enrolled."""
    somebody = sa.select(Enrolment.id).where(
        Enrolment.class_id == course_class.id, Enrolment.state == EnrolmentState.ACTIVE
    )
    return _has(somebody, LIST)


def list_pieces(course_class: CourseClass) -> list[Piece]:
    """The list of learners."""
    made = class_list_pdf(course_class)
    return [(LIST, made)] if made is not None else []


def register_titles(course_class: CourseClass) -> list[str]:
    """The register, once a roll was called."""
    called = sa.select(ClassMeeting.id).where(
        ClassMeeting.class_id == course_class.id, ClassMeeting.called_at.is_not(None)
    )
    return _has(called, REGISTER)


def register_pieces(course_class: CourseClass) -> list[Piece]:
    """The attendance register, in Vietnamese."""
    found = overview(course_class)
    if not found.held:
        return []
    head = letterhead(course_class.unit)
    heading = Heading(
        letterhead=head,
        place_and_date=head_of(head)["place_and_date"],
        title=REGISTER,
        subject=course_class.title,
        summary=f"{len(found.rows)} học viên; được vắng nhiều nhất {format_percent(rounded(100 * found.limit, 2))} số tiết.",
        legend="K: vắng không phép; P: vắng có phép; ·: có mặt; ô trống: chưa điểm danh.",
        monitor=next((row.name for row in found.rows if row.enrolment.is_monitor), ""),
    )
    return [(REGISTER, register_pdf(heading, found, str, "vi"))]


def exams_of(course_class: CourseClass) -> Sequence[ExamSession]:
    """The sessions of the class that are over, in the order of time; one statement."""
    return db.session.scalars(
        sa.select(ExamSession)
        .where(
            ExamSession.class_id == course_class.id,
            ExamSession.state.in_((ExamState.OVER, ExamState.MINUTED)),
        )
        .order_by(ExamSession.starts_at, ExamSession.id)
    ).all()


def exam_titles(course_class: CourseClass) -> list[Message]:
    """Minutes and signature sheet of each session."""
    return [
        Message(kind, {"title": exam.title})
        for exam in exams_of(course_class)
        for kind in (MINUTES, SIGNATURES)
    ]


def exam_pieces(course_class: CourseClass) -> list[Piece]:
    """The same, set."""
    pieces = []
    for exam in exams_of(course_class):
        named = {"title": exam.title}
        pieces.append((str(Message(MINUTES, named)), minutes_pdf(exam)))
        pieces.append((str(Message(SIGNATURES, named)), signature_sheet_pdf(exam)))
    return pieces


SIGNED = (ResultState.SIGNED, ResultState.PUBLISHED)


def result_titles(title: str) -> Callable[[CourseClass], list[str]]:
    """A paper of the class's result, once the leader has signed it."""

    def titles(course_class: CourseClass) -> list[str]:
        return _has(
            sa.select(ClassResult.id).where(
                ClassResult.class_id == course_class.id, ClassResult.state.in_(SIGNED)
            ),
            title,
        )

    return titles


def result_pieces(title: str, make: Callable[[ClassResult], bytes]) -> Callable[[CourseClass], list[Piece]]:
    """The same, set by ``make``."""

    def pieces(course_class: CourseClass) -> list[Piece]:
        found = class_result_of(course_class.id)
        return [(title, make(found))] if found is not None and found.state in SIGNED else []

    return pieces


def letter_titles(course_class: CourseClass) -> list[Message]:
    """How many letters there are."""
    count = db.session.scalar(
        sa.select(sa.func.count()).select_from(UnitLetter).where(UnitLetter.class_id == course_class.id)
    )
    return [Message(LETTER_COUNT, {"count": count})] if count else []


def letter_pieces(course_class: CourseClass) -> list[Piece]:
    """The stamped copy of each letter that has one, the letter as it was made of each other."""
    letters = letters_of(course_class)
    plain = [draft_of(one).words() for one in letters if one.scan is None]
    pieces: list[Piece] = [(LETTERS, letters_pdf(plain))] if plain else []
    return pieces + [
        (f"Công văn gửi {one.content['unit']} (bản đóng dấu)", files.open_bytes(one.scan))
        for one in letters
        if one.scan is not None
    ]


SOURCES = (
    Source("list", list_titles, list_pieces),
    Source("attendance", register_titles, register_pieces),
    Source("minutes", exam_titles, exam_pieces),
    Source("scores", result_titles(SCORES), result_pieces(SCORES, score_sheet_pdf)),
    Source(
        "recognition", result_titles(RECOGNITION), result_pieces(RECOGNITION, recognition_pdf), annex=True
    ),
    Source("letters", letter_titles, letter_pieces),
)
"""Made once: a second application in the process plugs in the same ones."""


def plug_in_all() -> None:
    """Plug in everything that is made below this room."""
    for source in SOURCES:
        plug_in(source)
