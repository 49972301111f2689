"""The leader's pages: the month of one's own centre, and signatures in a batch."""

from datetime import timedelta
from io import BytesIO

from flask import Flask
from pypdf import PdfReader

from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.quizzes.papers.models import Assessment, AssessmentState
from tests.counting import counted
from tests.visitor import Visitor
from tests.world import World


class Story:
    """A centre with a leader, a class whose one unit has not started, and papers that wait."""

    def __init__(self, app: Flask, world: World) -> None:
        self.app, self.world = app, world
        self.centre = world.centre("Trung tâm Chính trị Thử")
        self.leader = world.person(Role.LEADER, self.centre, "Lê Giám Đốc")
        self.lecturer = world.person(Role.LECTURER, self.centre)
        self.course_class = world.course_class(self.centre)
        self.unit = world.unit(parent=self.centre)
        self.bank = world.bank(self.centre)
        with UnitOfWork():
            today = clock.to_local(clock.now()).date()
            self.course_class.starts_on, self.course_class.ends_on = today, today
        self.learner = world.learner(self.unit, self.course_class, "Trần Thị Bắt Đầu")

    def paper(self, title: str, author: object = None) -> Assessment:
        made = self.world.assessment(
            self.course_class, self.bank, author or self.lecturer, title=title, released=False
        )
        with UnitOfWork():
            made.submitted_at = clock.now()
        return made

    def visit(self, who: object = None) -> Visitor:
        return Visitor(self.app).sign_in_as(who or self.leader)


def keys(visitor: Visitor) -> list[str]:
    return [str(one) for one in visitor.page("/leading/signing").xpath('//input[@name="keys"]/@value')]


def test_the_month_names_who_has_not_started(app: Flask, world: World) -> None:
    told = Story(app, world)
    text = told.visit().page("/leading").text_content()
    assert "Đơn vị chưa có ai bắt đầu học" in text
    assert told.unit.name in text
    world.assessment(told.course_class, told.bank, told.lecturer, questions=1)
    assert "0/1" in told.visit().page("/leading").text_content()


def test_another_month_is_a_click_away_and_nonsense_is_this_month(app: Flask, world: World) -> None:
    visitor = Story(app, world).visit()
    assert "Tháng 2 năm 2024" in visitor.page("/leading?month=2024-02").text_content()
    assert "Tháng 13" not in visitor.page("/leading?month=2024-13").text_content()
    assert visitor.page("/leading?month=xyz").xpath("//h1")


def test_the_month_fits_one_sheet_however_many_classes(app: Flask, world: World) -> None:
    told = Story(app, world)
    today = clock.to_local(clock.now()).date()
    for number in range(40):
        made = world.course_class(told.centre)
        with UnitOfWork():
            made.title = (
                f"Lớp bồi dưỡng lý luận chính trị có tên thật là dài dành cho đảng viên mới số {number}"
            )
            made.starts_on, made.ends_on = today, today + timedelta(days=1)
        world.learner(world.unit(parent=told.centre), made, f"Người {number}")
    answer = told.visit().get("/leading/month.pdf")
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(BytesIO(answer.data)).pages
    assert len(pages) == 1
    assert "TÌNH HÌNH THÁNG" in pages[0].extract_text()


def test_a_leader_of_another_centre_sees_nothing_of_it(app: Flask, world: World) -> None:
    told = Story(app, world)
    paper = told.paper("Đề kín")
    elsewhere = told.visit(world.person(Role.LEADER, world.centre("Trung tâm khác"), "Người Khác"))
    assert told.unit.name not in elsewhere.page("/leading").text_content()
    assert elsewhere.send("GET", f"/leading?centre={told.centre.public_id}").status_code == 404
    assert keys(elsewhere) == []
    elsewhere.post("/leading/signing", {"keys": f"paper:{paper.public_id}:{paper.revision}"}, status=404)
    assert db.session.get_one(Assessment, paper.id).state is AssessmentState.DRAFT


def test_learners_and_lecturers_have_no_such_pages(app: Flask, world: World) -> None:
    told = Story(app, world)
    for who in (told.learner, told.lecturer):
        for url in ("/leading", "/leading/signing", "/leading/month.pdf"):
            assert told.visit(who).send("GET", url).status_code == 403


def test_two_papers_are_signed_at_once(app: Flask, world: World) -> None:
    told = Story(app, world)
    papers = [told.paper("Đề một"), told.paper("Đề hai")]
    visitor = told.visit()
    found = keys(visitor)
    assert len(found) == 2
    visitor.post("/leading/signing", {"keys": found})
    assert {db.session.get_one(Assessment, one.id).state for one in papers} == {AssessmentState.RELEASED}
    assert keys(visitor) == []


def test_one_that_was_changed_meanwhile_holds_back_the_whole_batch(app: Flask, world: World) -> None:
    told = Story(app, world)
    papers = [told.paper("Đề một"), told.paper("Đề hai")]
    visitor = told.visit()
    found = keys(visitor)
    with UnitOfWork():
        papers[1].revision += 1
    visitor.post("/leading/signing", {"keys": found}, status=409)
    assert {db.session.get_one(Assessment, one.id).state for one in papers} == {AssessmentState.DRAFT}


def test_nobody_signs_what_he_made_himself(app: Flask, world: World) -> None:
    told = Story(app, world)
    own = told.paper("Đề của mình", told.leader)
    visitor = told.visit()
    visitor.post("/leading/signing", {"keys": keys(visitor)}, status=403)
    assert db.session.get_one(Assessment, own.id).state is AssessmentState.DRAFT


def test_nothing_chosen_is_said_and_nonsense_is_refused(app: Flask, world: World) -> None:
    told = Story(app, world)
    visitor = told.visit()
    visitor.post("/leading/signing", {})
    assert "Chưa chọn mục nào để ký" in visitor.page("/leading/signing").text_content()
    for key in ("paper:", "paper:x:y", "other:abc", "result:"):
        visitor.post("/leading/signing", {"keys": key}, status=404)


def test_the_month_costs_the_same_for_one_class_and_for_thirty(app: Flask, world: World) -> None:
    told = Story(app, world)
    visitor = told.visit()
    visitor.get("/leading")
    with counted() as few:
        visitor.get("/leading")
    today = clock.to_local(clock.now()).date()
    for number in range(30):
        made = world.course_class(told.centre)
        with UnitOfWork():
            made.starts_on, made.ends_on = today, today
        world.learner(told.unit, made, f"Người {number}")
    with counted() as many:
        visitor.get("/leading")
    assert len(many) == len(few) <= 12
