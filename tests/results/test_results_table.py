"""Staff, leader, lecturer and overseer read the results table."""

import re
from decimal import Decimal

import lxml.html
import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import Enrolment, EnrolmentState
from lms.quizzes.delivery.models import Attempt, ClosedBy
from lms.quizzes.papers.models import AssessmentKind
from tests.counting import counted as count_statements
from tests.results.stories import ClassStory
from tests.visitor import Visitor
from tests.world import World


def names(page: lxml.html.HtmlElement) -> list[str]:
    return [cell.text_content().split("(")[0].strip() for cell in first_table(page).xpath("./tbody/tr/th")]


def first_table(page: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    return page.xpath("//main//table")[0]


def row_of(page: lxml.html.HtmlElement, name: str) -> dict[str, str]:
    row = next(row for row in first_table(page).xpath("./tbody/tr") if name in row.text_content())
    return {cell.get("data-label", ""): " ".join(cell.text_content().split()) for cell in row.xpath("./td")}


def words(page: lxml.html.HtmlElement) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_everybody_of_the_class_is_listed(told: ClassStory) -> None:
    unit = told.world.unit("Đảng ủy xã Bãi Soi", told.centre)
    learner = told.learner("Nguyễn Văn Đức", unit, born="1979")
    told.sits(learner, theory=5, practice=2, blank=1)
    told.learner("Trần Thị Ân", born="22/11/1985")
    told.sits("Lê Văn Bình", hands_in=False)
    page = told.visit(told.staff).page(told.url)
    assert names(page) == ["Trần Thị Ân", "Lê Văn Bình", "Nguyễn Văn Đức"]
    row = row_of(page, "Đức")
    assert row["Ngày sinh"] == "1979"
    assert row["Đơn vị"] == "Đảng ủy xã Bãi Soi"
    assert (row["Số lần"], row["Đã làm"]) == ("1", "8/9")
    assert (row["Lý luận"], row["Thực tiễn"], row["Tổng"]) == ("10,0", "5,0", "7,8 Bảy phẩy tám")
    assert row["Kết quả"] == "Đạt"
    assert re.fullmatch(r"\d\d:\d\d \d\d/\d\d/\d{4}", row["Nộp lúc"])
    absent = row_of(page, "Ân")
    assert (absent["Kết quả"], absent["Tổng"], absent["Nộp lúc"]) == ("Chưa làm", "–", "–")
    assert row_of(page, "Bình")["Kết quả"] == "Đang làm"


def test_who_handed_in_is_said_where_it_was_not_the_learner(app: Flask, world: World) -> None:
    told = ClassStory(app, world)
    told.sits("Nguyễn Văn Đức")
    with UnitOfWork():
        db.session.execute(sa.update(Attempt).values(closed_by=ClosedBy.DEADLINE))
    row = row_of(told.visit(told.staff).page(told.url), "Đức")
    assert row["Nộp lúc"].endswith("Hết giờ, máy nộp")


def test_the_best_of_several_attempts_counts(app: Flask, world: World) -> None:
    told = ClassStory(app, world, attempts_allowed=3)
    learner = told.learner("Nguyễn Văn An")
    told.sits(learner, 1, 1)
    best = told.sits(learner, 5, 3)
    told.sits(learner, 2, 0)
    page = told.visit(told.staff).page(told.url)
    assert row_of(page, "An")["Tổng"] == "8,9 Tám phẩy chín"
    assert row_of(page, "An")["Số lần"] == "3"
    assert page.xpath(f"//a[contains(@href, '{best.public_id}')]")


def test_who_left_the_class_after_sitting_stays_on_the_list(told: ClassStory) -> None:
    sat = told.sits("Nguyễn Văn An")
    gone = told.learner("Trần Văn Đi")
    with UnitOfWork():
        for account_id in (sat.account_id, gone.id):
            db.session.execute(
                sa.update(Enrolment)
                .where(Enrolment.account_id == account_id)
                .values(state=EnrolmentState.WITHDRAWN)
            )
    page = told.visit(told.staff).page(told.url)
    assert names(page) == ["Nguyễn Văn An"]
    assert "đã rời lớp" in words(page)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["An", "Ân", "Bình", "Đức"]),
        ("-name", ["Đức", "Bình", "Ân", "An"]),
        ("total", ["Bình", "An", "Ân", "Đức"]),
        ("-total", ["Ân", "An", "Bình", "Đức"]),
        ("born", ["An", "Đức", "Bình", "Ân"]),
        ("closed_at", ["An", "Ân", "Bình", "Đức"]),
        ("outcome", ["An", "Ân", "Bình", "Đức"]),
        ("nonsense", ["An", "Ân", "Bình", "Đức"]),
    ],
)
def test_every_column_sorts_and_what_is_missing_stays_last(
    told: ClassStory, sort: str, expected: list[str]
) -> None:
    for name, born, theory in (("An", "1970", 4), ("Ân", "", 5), ("Bình", "02/01/1971", 0)):
        told.sits(told.learner(f"Nguyễn Văn {name}", born=born), theory, 4 if theory else 0)
    told.learner("Nguyễn Văn Đức", born="1971")
    page = told.visit(told.staff).page(f"{told.url}?sort={sort}")
    assert [name.split()[-1] for name in names(page)] == expected


@pytest.mark.parametrize(
    ("query", "expected", "shown"),
    [
        ("q=nguyen+van+duc", ["Nguyễn Văn Đức"], "nguyen van duc"),
        ("q=%C4%91%E1%BB%A9c", ["Nguyễn Văn Đức"], "đức"),
        ("outcome=failed", ["Lê Thị Bé"], "Chưa đạt"),
        ("outcome=not_sat", ["Trần Thị Ân"], "Chưa làm"),
        ("outcome=nonsense", ["Trần Thị Ân", "Lê Thị Bé", "Nguyễn Văn Đức"], ""),
        ("q=kh%C3%B4ng+c%C3%B3", [], "không có"),
    ],
)
def test_filters_find_and_stay_visible(told: ClassStory, query: str, expected: list[str], shown: str) -> None:
    told.sits("Nguyễn Văn Đức")
    told.sits("Lê Thị Bé", 0, 1)
    told.learner("Trần Thị Ân")
    page = told.visit(told.staff).page(f"{told.url}?{query}")
    assert names(page) == expected
    chips = [chip.text_content() for chip in page.xpath("//*[contains(@class, 'filter-chip')]")]
    assert bool(chips) is bool(shown)
    assert all(shown in chip for chip in chips)


def test_one_unit_is_filtered(told: ClassStory) -> None:
    unit = told.world.unit("Đảng ủy xã Bãi Soi", told.centre)
    told.sits("Nguyễn Văn An", unit=unit)
    told.sits("Nguyễn Văn Bình")
    page = told.visit(told.staff).page(f"{told.url}?unit={unit.public_id}")
    assert names(page) == ["Nguyễn Văn An"]
    assert "1 trong 2 người" in words(page)
    assert "Đảng ủy xã Bãi Soi" in page.xpath("//*[contains(@class, 'filter-chip')]")[0].text_content()


def test_the_class_at_a_glance(told: ClassStory) -> None:
    """Totals 10; 7,8 (10 and 5); 5,6 (10 and 0); 0 — and one who never came."""
    told.sits("Nguyễn Văn An", 5, 4)
    told.sits("Nguyễn Văn Bình", 5, 2)
    told.sits("Nguyễn Văn Chi", 5, 0)
    told.sits("Nguyễn Văn Dung", 0, 0)
    told.learner("Nguyễn Văn Em")
    page = told.visit(told.staff).page(told.url)
    text = words(page).replace("\xa0", " ")
    assert "4/5" in text
    assert "3/4 (75,00 %)" in text
    assert "5,85" in text  # (10 + 7,8 + 5,6 + 0) / 4
    assert "một nửa lớp từ 6,7" in text
    assert "1/4 (25,00 %) biết nhưng chưa vận dụng được" in text
    assert "2/4 (50,00 %) đạt cả hai phần" in text
    bands = page.xpath("//caption[contains(., 'Phân bố điểm')]/ancestor::table//td[@data-label='Tỷ lệ']")
    parts = [Decimal(cell.text_content().strip("\xa0% \n").replace(",", ".")) for cell in bands]
    assert sum(parts) == 100
    assert "Chủ đề 1" in text


def test_an_empty_class_says_what_to_do(told: ClassStory) -> None:
    text = words(told.visit(told.staff).page(told.url))
    assert "Lớp chưa có học viên" in text
    assert "Công bố điểm" not in text


def test_who_may_read(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    for account in (told.staff, told.leader, told.lecturer, told.overseer):
        visitor = told.visit(account)
        assert told.assessment.title in words(visitor.page("/results"))
        visitor.page(told.url)


def test_a_stranger_may_not(told: ClassStory, stranger: Visitor) -> None:
    learner = told.learner("Nguyễn Văn An")
    other = told.world.centre("Trung tâm khác")
    unit_person = told.world.person(Role.UNIT, told.centre)
    for url in ("/results", told.url, f"{told.url}/export", f"{told.url}/print"):
        assert "/sign-in" in stranger.get(url, status=302).headers["Location"]
        told.visit(learner).get(url, status=403)
        told.visit(unit_person).get(url, status=403)
    for role in (Role.STAFF, Role.LEADER, Role.LECTURER, Role.OVERSEER):
        visitor = told.visit(told.world.person(role, other))
        assert told.assessment.title not in words(visitor.page("/results"))
        for url in (told.url, f"{told.url}/export", f"{told.url}/print"):
            visitor.get(url, status=404)
    told.visit(told.staff).get("/results/0000000000000000", status=404)


def test_practice_has_no_results(app: Flask, world: World) -> None:
    told = ClassStory(app, world, kind=AssessmentKind.PRACTICE)
    visitor = told.visit(told.staff)
    visitor.get(told.url, status=404)
    assert told.assessment.title not in words(visitor.page("/results"))


def crowd(told: ClassStory, size: int) -> None:
    now = clock.now()
    with UnitOfWork():
        for number in range(size):
            name = f"Nguyễn Văn Đông {number:04d}"
            db.session.add(
                Account(
                    full_name=name,
                    unit_id=told.centre.id,
                    must_change_password=False,
                    created_at=now,
                )
            )
        db.session.flush()
        ids = db.session.scalars(sa.select(Account.id).where(Account.full_name.like("Nguyễn Văn Đông %")))
        db.session.add_all(
            Enrolment(class_id=told.course_class.id, account_id=one, unit_id=told.centre.id, enrolled_at=now)
            for one in ids
        )


def test_statements_do_not_grow_with_the_class(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    visitor = told.visit(told.staff)
    counts: list[int] = []
    for _round in range(2):
        visitor.get(told.url)
        with count_statements() as seen:
            visitor.get(told.url)
        counts.append(len(seen))
        for number in range(29):
            told.sits(f"Nguyễn Văn Bình {number}", number % 6, number % 5)
    assert counts[0] == counts[1] <= 8


def test_a_thousand_learners_fit_on_a_page(told: ClassStory) -> None:
    crowd(told, 1000)
    visitor = told.visit(told.staff)
    with count_statements() as seen:
        page = visitor.page(f"{told.url}?sort=-name")
    assert len(seen) <= 9
    assert len(names(page)) == 1000
    assert names(page)[0] == "Nguyễn Văn Đông 0999"
