"""Letters to units and the dossier: a class of its own whose result is published."""

import io

from pypdf import PdfWriter

from lms.auth.accounts.models import Account
from lms.core import clock, files
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import CourseClass, Enrolment
from lms.jobs.models import Job, JobState
from lms.results.class_results.models import ClassResult, LearnerResult, ResultState
from lms.results.classification.regulation import SHORT_COURSE
from lms.results.dossier.operations import add_paper
from lms.results.dossier.queries import JOB
from lms.results.letters.jobs import drafts_of
from lms.results.letters.operations import attach_scan, keep_letters, note_opened, send
from lms.results.letters.printing import printed
from lms.results.letters.queries import letters_of
from lms.results.regulations.models import Regulation, RegulationVersion
from tests.pictures import png
from tests.site.fullworld import Builder
from tests.site.rows import Endpoint, Row

CLASS = {"key": "letters.class"}
MADE, SENT = {"key": "letter.made"}, {"key": "letter.sent"}
PAPER = {**CLASS, "paper_key": "dossier.paper"}
UNIT = "unit"

ROWS: dict[Endpoint, Row] = {
    ("units.letterhead", "GET"): Row({"key": "centre"}),
    ("units.set_letterhead", "POST"): Row(
        {"key": "centre"},
        data={"style": "party", "issuer": "Trung tâm", "code": "TTCT", "signer_role": "director"},
    ),
    ("units.letterhead_preview", "GET"): Row({"key": "centre"}),
    ("letters.of_class", "GET"): Row(CLASS),
    ("letters.make", "POST"): Row(CLASS),
    ("letters.progress", "GET"): Row(CLASS),
    ("letters.bulk", "POST"): Row(CLASS, data={"do": "send", "keys": "@letter.made"}),
    ("letters.all_pdf", "GET"): Row(CLASS, noted=True),
    ("letters.all_zip", "GET"): Row(CLASS, noted=True),
    ("letters.show", "GET"): Row(MADE),
    ("letters.recommend", "POST"): Row(MADE, data={"recommendation": "Đề nghị khác"}),
    ("letters.number", "POST"): Row(MADE, data={"number": "12"}),
    ("letters.attach", "POST"): Row(MADE, status=(422,)),
    ("letters.send", "POST"): Row(MADE),
    ("letters.reply", "POST"): Row(SENT, data={"reply": "Đã nhận"}),
    ("letters.pdf", "GET"): Row(SENT),
    ("letters.docx", "GET"): Row(SENT),
    ("letters.scan", "GET"): Row(SENT),
    ("liaison.learners", "GET"): Row(),
    ("liaison.learners_of", "GET"): Row(CLASS, (UNIT,)),
    ("liaison.letters", "GET"): Row(),
    ("liaison.letter", "GET"): Row(SENT, (UNIT,)),
    ("liaison.reply", "POST"): Row(SENT, (UNIT,), data={"reply": "Đã nhận"}),
    ("dossier.show", "GET"): Row(CLASS),
    ("dossier.add", "POST"): Row(CLASS, data={"item": "decision"}, status=(422,)),
    ("dossier.paper", "GET"): Row(PAPER),
    ("dossier.remove", "POST"): Row(PAPER),
    ("dossier.made", "GET"): Row({**CLASS, "place": 3}, noted=True),
    ("dossier.print_whole", "POST"): Row(CLASS),
    ("dossier.progress", "GET"): Row(CLASS),
    ("dossier.whole", "GET"): Row(CLASS, noted=True),
}


def furnish(builder: Builder) -> None:
    """A class with a published result, a letter that is made and one that was sent, a scan and a printed dossier."""
    world, house = builder.world, builder.house
    course_class = world.course_class(builder.centre)
    builder.keep("letters.class", course_class)
    other = world.unit(parent=builder.centre)
    staff = house.people[Role.STAFF.value]
    for number, unit in enumerate((builder.unit, builder.unit, other)):
        world.learner(unit, course_class, f"Người {number}")
    with UnitOfWork():
        version = RegulationVersion(
            regulation=Regulation(unit_id=builder.centre.id, title="Quy chế của lớp", created_at=clock.now()),
            number=1,
            content=SHORT_COURSE.to_json(),
            created_at=clock.now(),
        )
        db.session.add(version)
        db.session.flush()
        result = ClassResult(
            class_id=course_class.id,
            version_id=version.id,
            state=ResultState.PUBLISHED,
            computed_at=clock.now(),
            computed_by_id=staff.id,
            signed_at=clock.now(),
            published_at=clock.now(),
        )
        db.session.add(result)
        db.session.flush()
        for enrolment in db.session.query(Enrolment).filter_by(class_id=course_class.id):
            db.session.add(
                LearnerResult(
                    class_result_id=result.id,
                    enrolment_id=enrolment.id,
                    mark=800,
                    theory=800,
                    practice=800,
                    band="good",
                    band_title="Giỏi",
                    passed=True,
                )
            )
    _letters(builder, course_class, staff)
    _dossier(builder, course_class, staff)


def _letters(builder: Builder, course_class: CourseClass, staff: Account) -> None:
    actor = builder.world.actor(staff)
    made = {unit_id: printed(draft) for unit_id, draft in drafts_of(course_class).items()}
    with UnitOfWork():
        keep_letters(actor_id=staff.id, course_class=course_class, made=made)
    with UnitOfWork():
        for letter in letters_of(course_class):
            own = letter.unit_id == builder.unit.id
            builder.keep("letter.sent" if own else "letter.made", letter)
            if own:
                attach_scan(actor=actor, letter=letter, scan=files.prepare(png(), "quet.png"))
    with UnitOfWork():
        send(
            actor=actor,
            course_class=course_class,
            keys=[builder.house["letter.sent"]],
            url="/unit/letters/KEY",
        )
    with UnitOfWork():
        (sent,) = letters_of(course_class, [builder.house["letter.sent"]])
        note_opened(actor=builder.world.actor(builder.house.people[Role.UNIT.value]), letter=sent)


def _dossier(builder: Builder, course_class: CourseClass, staff: Account) -> None:
    blank = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(blank)
    scan = files.prepare(blank.getvalue(), "quyet-dinh.pdf")
    with UnitOfWork():
        paper = add_paper(
            actor=builder.world.actor(staff), course_class=course_class, item="decision", title="", scan=scan
        )
        whole = files.save(scan)
        db.session.flush()
        db.session.add(
            Job(
                kind=JOB,
                payload={"class": course_class.id},
                state=JobState.DONE,
                result={"file": whole.public_id, "pages": 1, "broken": []},
                idempotency_key=f"{JOB}:{course_class.id}:site",
                created_by_id=staff.id,
                created_at=clock.now(),
                due_at=clock.now(),
                ended_at=clock.now(),
            )
        )
    builder.keep("dossier.paper", paper)
