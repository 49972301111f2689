"""Who may do what with an exam session, and in which of its states."""

from lms.core.actor import Actor, Role
from lms.quizzes.exams.models import Admission, Candidate, ExamSession, ExamState

KEEPERS = (Role.STAFF, Role.LEADER)
READERS = (Role.STAFF, Role.LEADER, Role.LECTURER)
SITS = frozenset({Admission.LISTED, Admission.ADMITTED})
"""Who has a seat."""
LIVE = frozenset({ExamState.PLANNED, ExamState.OPEN})
NOTED = frozenset({ExamState.OPEN, ExamState.OVER})


def may_read(actor: Actor, unit_path: str) -> bool:
    """See the sessions of a class, and keep its door: invigilators are lecturers."""
    return actor.holds(unit_path, *READERS)


def may_keep(actor: Actor, unit_path: str) -> bool:
    """Plan, start and end sessions, decide on the unlisted, write the minutes."""
    return actor.holds(unit_path, *KEEPERS)


def takes_people(exam: ExamSession) -> bool:
    """The list can still grow."""
    return exam.state in LIVE


def takes_cards(exam: ExamSession) -> bool:
    """Cards are ticked at the door while the session is open."""
    return exam.state is ExamState.OPEN


def takes_incidents(exam: ExamSession) -> bool:
    """Incidents are noted until the minutes are locked."""
    return exam.state in NOTED


def is_listed(candidate: Candidate) -> bool:
    """Has a seat, or waits for a word already."""
    return candidate.admission in SITS or candidate.admission is Admission.WAITING


def can_be_admitted(exam: ExamSession, candidate: Candidate) -> bool:
    """Somebody's word is needed, and can still be given."""
    return takes_people(exam) and candidate.admission not in SITS


def can_be_refused(exam: ExamSession, candidate: Candidate) -> bool:
    """Who waits at the door may be sent away."""
    return takes_people(exam) and candidate.admission is Admission.WAITING
