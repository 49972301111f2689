"""Regulations, and class results in every state, each of a class of its own."""

from typing import TYPE_CHECKING

from lms.auth.accounts.models import Account
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import CourseClass
from lms.results.class_results import operations
from lms.results.classification.regulation import SHORT_COURSE, Component, ComponentKind, Regulation
from lms.results.regulations.operations import found_regulation, point_programmes
from tests.site.rows import Endpoint, Row

if TYPE_CHECKING:
    from tests.site.fullworld import Builder

STATES = ("draft", "checked", "signed", "published")
LEARNERS = ("learner", "other")
DRAFT, CHECKED, SIGNED, PUBLISHED = ({"key": f"result.{state}"} for state in STATES)
LEARNER = {**DRAFT, "account_key": "account.other"}
REGULATION = {"key": "regulation"}
VERSION = {**REGULATION, "version_key": "regulation.version"}
CONTENT = Regulation(
    components=(Component("conduct", "Ý thức kỷ luật", ComponentKind.CONDUCT, 10_000),),
    bands=SHORT_COURSE.bands,
)

ROWS: dict[Endpoint, Row] = {
    ("regulations.index", "GET"): Row(),
    ("regulations.new", "GET"): Row(),
    ("regulations.create", "POST"): Row(data={"title": "Quy chế mới", "preset": "short", "unit": "@centre"}),
    ("regulations.show", "GET"): Row(REGULATION),
    ("regulations.version", "GET"): Row(VERSION),
    ("regulations.edit", "GET"): Row(REGULATION),
    ("regulations.save", "POST"): Row(REGULATION, data={"title": "Thiếu thành phần"}, status=(422,)),
    ("regulations.confirm", "POST"): Row(VERSION, data={"source": "Quyết định 1-QĐ/TTCT"}),
    ("regulations.programmes", "POST"): Row(REGULATION),
    ("class_results.show", "GET"): Row(DRAFT),
    ("class_results.export_table", "GET"): Row(DRAFT, noted=True),
    ("class_results.print_table", "GET"): Row(DRAFT, noted=True),
    ("class_results.score_sheet", "GET"): Row(DRAFT, noted=True),
    ("class_results.recognition", "GET"): Row(DRAFT, noted=True),
    ("class_results.sources", "GET"): Row(DRAFT),
    ("class_results.save_sources", "POST"): Row(DRAFT, data={"source-conduct": "manual:"}),
    ("class_results.marks", "GET"): Row(DRAFT),
    ("class_results.save_marks", "POST"): Row(DRAFT),
    ("class_results.remarks", "GET"): Row(DRAFT),
    ("class_results.save_remarks", "POST"): Row(DRAFT),
    ("class_results.regulation", "GET"): Row(DRAFT),
    ("class_results.move", "POST"): Row(DRAFT, data={"version": "khong-co", "reason": "Thử"}, status=(404,)),
    ("class_results.learner", "GET"): Row(LEARNER),
    ("class_results.save_remark", "POST"): Row(LEARNER, data={"remark": "Tốt"}),
    ("class_results.replace_mark", "POST"): Row(LEARNER, data={"code": "conduct", "mark": "8", "note": "Bù"}),
    ("class_results.compute", "POST"): Row(DRAFT),
    ("class_results.check", "POST"): Row(DRAFT),
    ("class_results.reopen", "POST"): Row(CHECKED),
    ("class_results.sign", "POST"): Row(CHECKED),
    ("class_results.give_back", "POST"): Row(CHECKED, data={"note": "Xem lại"}),
    ("class_results.publish", "POST"): Row(SIGNED),
    ("class_results.withdraw_page", "GET"): Row(PUBLISHED),
    ("class_results.withdraw", "POST"): Row(PUBLISHED, data={"reason": "Phúc khảo"}),
    ("class_results.mine", "GET"): Row(PUBLISHED, LEARNERS),
}


def furnish(builder: "Builder") -> None:
    """A regulation with two classes' worth of versions, and a class in every state of its result."""
    world, people = builder.world, builder.house.people
    staff, leader = world.actor(people["staff"]), world.actor(people["leader"])
    classes = {state: world.course_class(builder.centre) for state in STATES}
    with UnitOfWork():
        regulation = found_regulation(actor=leader, unit=builder.centre, title="Quy chế thử", content=CONTENT)
        db.session.flush()
        keys = [one.programme.public_id for one in classes.values()]
        point_programmes(actor=staff, regulation=regulation, programme_keys=keys)
    builder.keep("regulation", regulation)
    builder.keep("regulation.version", regulation.versions[0])
    for state, course_class in classes.items():
        for name in LEARNERS:
            world.enrol(people[name], course_class)
        _bring(course_class, state, people["staff"], people["leader"], builder)
        builder.keep(f"result.{state}", course_class)


def _bring(
    course_class: CourseClass, state: str, staff: Account, leader: Account, builder: "Builder"
) -> None:
    """Compute, and go on as far as ``state``."""
    by_staff, by_leader = builder.world.actor(staff), builder.world.actor(leader)
    with UnitOfWork():
        marks = {(one.id, "conduct"): 800 for one in course_class.enrolments}
        operations.set_marks(actor=by_staff, course_class=course_class, marks=marks)
        operations.set_sources(actor=by_staff, course_class=course_class, chosen={"conduct": ["manual:"]})
    verbs = (
        (operations.compute, by_staff),
        (operations.check, by_staff),
        (operations.sign, by_leader),
        (operations.publish, by_staff),
    )
    for verb, actor in verbs[: STATES.index(state) + 1]:
        with UnitOfWork():
            verb(actor=actor, course_class=course_class)
