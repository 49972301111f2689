"""Messages in the page: told once, read by their owner only, leading on within the site."""

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import RequestRedirect

from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.operations import enrol_called, withdraw
from lms.notices.models import Notice
from lms.notices.operations import notify, notify_each
from lms.quizzes.delivery.operations.starting import start_attempt
from lms.quizzes.papers.operations import release_assessment
from tests.counting import counted
from tests.visitor import Visitor
from tests.world import World

UNREAD = '//li[contains(@class, "is-unread")]'


def _tell(account_id: int, count: int = 1, url: str = "/learn", first: int = 0) -> None:
    with UnitOfWork():
        for number in range(first, first + count):
            notify(
                account_ids=[account_id],
                text="Tin số %(number)s",
                params={"number": number},
                url=url,
                once=f"tin-{number}",
            )


def _open(page: lxml.html.HtmlElement, words: str) -> str:
    return str(page.xpath(f'string(//form[.//span[contains(., "{words}")]]/@action)'))


@pytest.fixture
def told(app: Flask, world: World) -> tuple[Visitor, int]:
    account = world.learner(world.centre())
    return Visitor(app).sign_in_as(account), account.id


def test_the_bell_counts_and_opening_one_reads_it_and_leads_on(told: tuple[Visitor, int]) -> None:
    visitor, me = told
    assert visitor.page("/learn").xpath('//a[@aria-label="Thông báo"]')
    _tell(me, 2)
    assert visitor.page("/learn").xpath('//a[@aria-label="Thông báo: 2 chưa đọc"]')
    page = visitor.page("/notices")
    assert len(page.xpath(UNREAD)) == 2
    assert page.text_content().count("Chưa đọc") == 2, "told by a word"
    answer = visitor.post(_open(page, "Tin số 1"), status=303)
    assert answer.headers["Location"] == "/learn"
    page = visitor.page("/notices")
    assert len(page.xpath(UNREAD)) == 1
    assert "1 chưa đọc" in page.xpath('string(//a[contains(@class, "bell")]/@aria-label)')


def test_looking_at_the_list_reads_nothing(told: tuple[Visitor, int]) -> None:
    visitor, me = told
    _tell(me)
    visitor.get("/notices")
    assert visitor.page("/notices").xpath(UNREAD)


def test_all_are_noted_as_read_at_once_and_nobody_elses(
    app: Flask, world: World, told: tuple[Visitor, int]
) -> None:
    visitor, me = told
    other = world.learner(world.centre())
    _tell(me, 3)
    _tell(other.id, 1)
    visitor.post("/notices/read", status=303)
    assert not visitor.page("/notices").xpath(UNREAD)
    assert "Đánh dấu đã đọc hết" not in visitor.get("/notices").get_data(as_text=True)
    assert Visitor(app).sign_in_as(other).page("/notices").xpath(UNREAD)


def test_a_stranger_may_not(app: Flask, world: World, told: tuple[Visitor, int], stranger: Visitor) -> None:
    visitor, me = told
    _tell(me)
    action = _open(visitor.page("/notices"), "Tin số 0")
    Visitor(app).sign_in_as(world.learner(world.centre())).post(action, status=404)
    assert stranger.post(action).headers["Location"].startswith("/sign-in")
    assert stranger.get("/notices", 302).headers["Location"].startswith("/sign-in")
    assert visitor.page("/notices").xpath(UNREAD)


@pytest.mark.parametrize(
    "url", ["", "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_nothing_leads_off_the_site(told: tuple[Visitor, int], url: str) -> None:
    visitor, me = told
    _tell(me, url=url)
    answer = visitor.post(_open(visitor.page("/notices"), "Tin số 0"), status=303)
    assert answer.headers["Location"] == "/notices"


def test_they_are_said_in_the_readers_language(told: tuple[Visitor, int], app: Flask) -> None:
    visitor, me = told
    with UnitOfWork():
        notify(account_ids=[me], text="Đăng nhập", params={}, url="", once="x")
    visitor.post("/language", {"locale": "en", "next": "/"})
    words = visitor.page("/notices").xpath('string(//span[@class="notice-words"])')
    assert words != "Đăng nhập"


def test_hostile_parameters_stay_text(told: tuple[Visitor, int]) -> None:
    visitor, me = told
    with UnitOfWork():
        notify(account_ids=[me], text="%(a)s", params={"a": "<b>50 % %(x)s</b>"}, url="", once="x")
    assert "&lt;b&gt;50 % %(x)s&lt;/b&gt;" in visitor.get("/notices").get_data(as_text=True)


def test_a_text_that_lacks_a_parameter_is_never_sent(told: tuple[Visitor, int]) -> None:
    with pytest.raises(KeyError), UnitOfWork():
        notify(account_ids=[told[1]], text="%(name)s", params={"other": 1}, url="", once="x")


def test_nobody_is_told_twice_and_many_cost_one_statement(world: World, told: tuple[Visitor, int]) -> None:
    centre = world.centre()
    people = [world.learner(centre).id for _ in range(20)]
    with UnitOfWork(), counted() as statements:
        notify(account_ids=people, text="Tin", params={}, url="", once="x")
    assert len(statements) == 1
    with UnitOfWork():
        notify_each(told={one: ({}, "x") for one in people}, text="Tin", url="")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == len(people)


def test_a_long_list_is_paged_and_costs_no_more(told: tuple[Visitor, int]) -> None:
    visitor, me = told
    _tell(me, 1)
    visitor.get("/notices")
    with counted() as few:
        visitor.get("/notices")
    _tell(me, 64, first=1)
    with counted() as many:
        page = visitor.page("/notices")
    assert len(many) == len(few) <= 6
    assert len(page.xpath('//ul[@class="notice-list"]/li')) == 30
    assert "65" in page.xpath('string(//p[@class="pagination-total"])')
    assert len(visitor.page("/notices?page=3").xpath('//ul[@class="notice-list"]/li')) == 5


def test_more_than_a_hundred_are_not_counted_out(told: tuple[Visitor, int]) -> None:
    visitor, me = told
    _tell(me, 120)
    assert visitor.page("/learn").xpath('string(//span[@class="bell-count"])') == "99+"


def test_an_empty_list_says_what_will_stand_here(told: tuple[Visitor, int]) -> None:
    assert "Chưa có thông báo nào" in told[0].get("/notices").get_data(as_text=True)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_bell(app: Flask, world: World, role: Role) -> None:
    visitor = Visitor(app).sign_in_as(world.person(role, world.centre()))
    assert visitor.page("/notices").xpath('//a[contains(@class, "bell")]')


def _texts(account_id: int) -> list[tuple[str, str]]:
    rows = db.session.scalars(sa.select(Notice).where(Notice.account_id == account_id).order_by(Notice.id))
    return [(notice.text % notice.params, notice.url) for notice in rows]


def _is_a_page(app: Flask, url: str) -> bool:
    try:
        return bool(app.url_map.bind("localhost").match(url))
    except RequestRedirect:
        return False


def test_who_is_enrolled_is_told_once(app: Flask, world: World) -> None:
    centre = world.centre()
    staff = world.actor(world.person(Role.STAFF, centre))
    learner, course_class = world.learner(centre), world.course_class(centre)
    code = learner.names[0].value
    for _ in range(2):
        with UnitOfWork():
            enrol_called(actor=staff, course_class=course_class, typed=code)
        with UnitOfWork():
            withdraw(actor=staff, course_class=course_class, account_key=learner.public_id)
    [(text, url)] = _texts(learner.id)
    assert (
        text
        == f"Đã ghi danh vào {course_class.title[:1].lower()}{course_class.title[1:]}, khai giảng ngày 01/01/2026."
    )
    assert _is_a_page(app, url)


def test_a_released_paper_is_told_to_those_in_the_class(app: Flask, world: World) -> None:
    centre = world.centre(small_centre=True)
    course_class = world.course_class(centre)
    inside, outside = world.learner(centre, course_class), world.learner(centre)
    lecturer, leader = world.person(Role.LECTURER, centre), world.person(Role.LEADER, centre)
    assessment = world.assessment(
        course_class, world.bank(centre), lecturer, released=False, submitted_at=clock.now()
    )
    for number in range(4):
        world.question(assessment.bank, lecturer, topic=number % 2)
    with UnitOfWork():
        release_assessment(actor=world.actor(leader), assessment=assessment, revision=assessment.revision)
    [(text, url)] = _texts(inside.id)
    assert "Kiểm tra cuối khóa" in text
    assert _is_a_page(app, url)
    Visitor(app).sign_in_as(inside).get(url)
    assert _texts(outside.id) == []


def test_the_exam_page_asks_nothing_about_messages(app: Flask, world: World) -> None:
    centre = world.centre()
    course_class = world.course_class(centre)
    learner, lecturer = world.learner(centre, course_class), world.person(Role.LECTURER, centre)
    assessment = world.assessment(course_class, world.bank(centre), lecturer)
    with UnitOfWork():
        attempt = start_attempt(actor=world.actor(learner), assessment_id=assessment.public_id)
    visitor, url = Visitor(app).sign_in_as(learner), f"/attempts/{attempt.public_id}"
    with counted() as statements:
        visitor.get(url)
        visitor.post_json(f"{url}/heartbeat", {}, 200)
    assert statements
    assert not [one for one in statements if "notice" in one]
