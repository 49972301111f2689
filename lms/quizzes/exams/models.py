"""Exam sessions, their rooms, candidates and incidents."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.auth.accounts.models import Account
from lms.core.db import Keyed, Model, choice
from lms.courses.classes.models import CourseClass, Enrolment, EnrolmentState
from lms.quizzes.papers.models import Assessment


class ExamState(StrEnum):
    """Where an exam session stands; its minutes are written and locked last."""

    PLANNED = "planned"
    OPEN = "open"
    OVER = "over"
    MINUTED = "minuted"


class ExamSession(Keyed, Model):
    """A sitting of one assessment by a class: when, where, and who keeps order.

    ``first_number`` is the number part of the first candidate number, ``number_prefix`` what stands before it.
    ``card_required`` lets nobody begin on the machine before the identity card is ticked. ``minutes`` is the document
    of :mod:`lms.quizzes.exams.minutes`: what the invigilators wrote, and the facts as they were when it was locked.
    """

    __tablename__ = "exam_session"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="times_in_order"),
        sa.CheckConstraint("first_number > 0", name="first_number_positive"),
        sa.CheckConstraint(
            "(state = 'minuted') = (minuted_at IS NOT NULL) AND (state = 'minuted') = (minuted_by_id IS NOT NULL)",
            name="minuted_whole",
        ),
        sa.CheckConstraint("(state = 'planned') = (opened_at IS NULL)", name="opened_whole"),
    )

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("course_class.id"), index=True)
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(250))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(sa.String(200), default="")
    state: Mapped[ExamState] = mapped_column(choice(ExamState, "state"), default=ExamState.PLANNED)
    number_prefix: Mapped[str] = mapped_column(sa.String(10), default="")
    first_number: Mapped[int] = mapped_column(default=1)
    card_required: Mapped[bool] = mapped_column(default=False)
    invigilator_one: Mapped[str] = mapped_column(sa.String(120), default="")
    invigilator_two: Mapped[str] = mapped_column(sa.String(120), default="")
    minutes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    minuted_at: Mapped[datetime | None]
    minuted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]

    course_class: Mapped[CourseClass] = relationship()
    assessment: Mapped[Assessment] = relationship()
    rooms: Mapped[list["ExamRoom"]] = relationship(
        back_populates="exam_session", order_by="ExamRoom.position", cascade="all, delete-orphan"
    )
    candidates: Mapped[list["Candidate"]] = relationship(
        back_populates="exam_session", order_by="Candidate.position", cascade="all, delete-orphan"
    )
    incidents: Mapped[list["ExamIncident"]] = relationship(
        back_populates="exam_session", order_by="ExamIncident.at", cascade="all, delete-orphan"
    )


class ExamRoom(Model):
    """A room with its number of seats."""

    __tablename__ = "exam_room"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "position"),
        sa.CheckConstraint("seats > 0", name="seats_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("exam_session.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(80))
    seats: Mapped[int]

    exam_session: Mapped[ExamSession] = relationship(back_populates="rooms")


class Admission(StrEnum):
    """Whether a candidate may sit: on the list, barred by the regulation, or unlisted and waiting for a word."""

    LISTED = "listed"
    BARRED = "barred"
    WAITING = "waiting"
    ADMITTED = "admitted"
    REFUSED = "refused"


class Candidate(Keyed, Model):
    """A learner of an exam session under a candidate number (*số báo danh*).

    Numbers are given once, in the order of names, and never given again; an unlisted person gets the next one when
    admitted. Who is barred keeps a number but has no seat.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        sa.UniqueConstraint("session_id", "number"),
        sa.UniqueConstraint("session_id", "account_id"),
        sa.UniqueConstraint("room_id", "seat"),
        sa.CheckConstraint("(room_id IS NULL) = (seat IS NULL)", name="seat_whole"),
        sa.CheckConstraint("seat IS NULL OR admission IN ('listed', 'admitted')", name="seat_of_sitter"),
        sa.CheckConstraint(
            "number IS NOT NULL OR admission IN ('waiting', 'refused')", name="sitter_numbered"
        ),
        sa.CheckConstraint(
            "(card_checked_at IS NULL) = (card_checked_by_id IS NULL)", name="card_checked_whole"
        ),
    )

    session_id: Mapped[int] = mapped_column(sa.ForeignKey("exam_session.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enrolment.id"))
    position: Mapped[int]
    number: Mapped[str | None] = mapped_column(sa.String(20))
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exam_room.id"))
    seat: Mapped[int | None]
    admission: Mapped[Admission] = mapped_column(choice(Admission, "admission"), default=Admission.LISTED)
    reason: Mapped[str] = mapped_column(sa.String(300), default="")
    card_checked_at: Mapped[datetime | None]
    card_checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    exam_session: Mapped[ExamSession] = relationship(back_populates="candidates")
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    enrolment: Mapped[Enrolment | None] = relationship()
    room: Mapped[ExamRoom | None] = relationship()

    @property
    def left_class(self) -> bool:
        """Taken off the list because the learner had withdrawn from the class."""
        return (
            self.admission is Admission.REFUSED
            and self.enrolment is not None
            and self.enrolment.state is EnrolmentState.WITHDRAWN
        )


class ExamIncident(Model):
    """Something that happened, as the invigilators noted it."""

    __tablename__ = "exam_incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("exam_session.id"), index=True)
    candidate_id: Mapped[int | None] = mapped_column(sa.ForeignKey("candidate.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(sa.Text)
    noted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    exam_session: Mapped[ExamSession] = relationship(back_populates="incidents")
    candidate: Mapped[Candidate | None] = relationship()
