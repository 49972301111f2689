"""Staff choose sources, type conduct, compute, and see the table."""

import io

import openpyxl
import sqlalchemy as sa

from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.results.class_results import operations
from lms.results.class_results.models import ClassResult, ComponentSource, LearnerResult, ManualMark
from lms.results.class_results.queries import learner_results
from tests.counting import counted
from tests.results.class_results.stories import ResultStory
from tests.visitor import Visitor


def stored() -> dict[str, LearnerResult]:
    rows = db.session.scalars(sa.select(LearnerResult)).all()
    return {one.enrolment.account.full_name: one for one in rows}


def names(visitor: Visitor, url: str) -> list[str]:
    return [
        " ".join(cell.text_content().split()) for cell in visitor.page(url).xpath("//tbody//th[@scope='row']")
    ]


def test_the_whole_way_from_sources_to_the_table(told: ResultStory) -> None:
    an = told.add("Nguyễn Văn An", 830, None)
    told.add("Trần Thị Ân", 900, None, missed=1)
    staff = told.visit(told.staff)
    assert "Bước đầu: chọn nguồn điểm" in staff.page(told.url).text_content()
    form = staff.page(f"{told.url}/sources")
    chosen = {one.get("name"): one.get("value") for one in form.xpath("//input[@type='checkbox'][@checked]")}
    assert chosen == {
        "source-attendance": "attendance:",
        "source-conduct": "manual:",
        "source-final": f"assessment:{told.final.public_id}",
    }
    answer = staff.post(f"{told.url}/sources", chosen)
    assert answer.headers["Location"].endswith("/marks")
    page = staff.page(f"{told.url}/marks")
    fields = page.xpath("//input[@data-mark]/@name")
    assert len(fields) == 2
    assert page.xpath("//input[@data-mark]/@value") == ["", ""]
    staff.post(f"{told.url}/marks", dict.fromkeys(fields, "9,0"))
    staff.post(f"{told.url}/compute")
    # An: 10 × 10 % + 9 × 10 % + 8,3 × 80 % = 8,54 → 8,5; Ân: 8 × 10 % + 9 × 10 % + 9 × 80 % = 8,9.
    assert {name: (one.mark, one.band) for name, one in stored().items()} == {
        "Nguyễn Văn An": (850, "good"),
        "Trần Thị Ân": (890, "good"),
    }
    page = staff.page(told.url)
    text = " ".join(page.text_content().split()).replace("\xa0", " ")
    assert "8,5" in text
    assert "80,00 %" in text
    assert "chưa đối chiếu" in text
    assert "Chưa công bố điểm cho học viên: Kiểm tra cuối khóa" in text
    assert names(staff, told.url) == ["Nguyễn Văn An", "Trần Thị Ân"]
    path = staff.page(f"{told.url}/learners/{an.public_id}").text_content().replace("\xa0", " ")
    assert "8,3 × 80 % = 6,64" in path


def test_the_best_attempt_counts(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An", 500)
    told.sat(learner, 900)
    told.sat(learner, 700)
    told.to("draft")
    assert stored()["Nguyễn Văn An"].path["components"][2]["mark"] == [9, 1]


def test_filters_and_order_are_vietnamese(told: ResultStory) -> None:
    for name, final in (("Lê Văn Đức", 900), ("Lê Văn Dũng", 600), ("Lê Thị Ân", 300), ("Lê Thị An", 1000)):
        told.add(name, final)
    told.to("draft")
    staff = told.visit(told.staff)
    assert names(staff, told.url) == ["Lê Thị An", "Lê Thị Ân", "Lê Văn Dũng", "Lê Văn Đức"]
    assert names(staff, f"{told.url}?sort=-mark")[0] == "Lê Thị An"
    assert names(staff, f"{told.url}?band=failed") == ["Lê Thị Ân"]
    assert names(staff, f"{told.url}?q=duc") == ["Lê Văn Đức"]
    assert names(staff, f"{told.url}?sort=-c-final&q=van") == ["Lê Văn Đức", "Lê Văn Dũng"]


def test_who_lacks_a_mark_has_no_result_and_who_was_absent_too_often_is_not_eligible(
    told: ResultStory,
) -> None:
    told.add("Nguyễn Văn An", None)
    told.add("Trần Thị Bình", missed=2)
    told.to("draft")
    found = stored()
    assert (found["Nguyễn Văn An"].mark, found["Nguyễn Văn An"].band) == (None, "")
    assert (found["Trần Thị Bình"].band, found["Trần Thị Bình"].passed) == ("not_eligible", False)
    page = told.visit(told.staff).page(told.url)
    assert "Còn 1 người chưa đủ điểm" in page.xpath("//form[contains(@action, '/check')]/@data-confirm")[0]
    assert names(told.visit(told.staff), f"{told.url}?band=none") == ["Nguyễn Văn An"]


def test_a_mark_that_cannot_be_read_saves_nothing(told: ResultStory) -> None:
    told.add("Nguyễn Văn An", conduct=None)
    told.add("Trần Thị Bình", conduct=None)
    told.sources()
    staff = told.visit(told.staff)
    first, second = staff.page(f"{told.url}/marks").xpath("//input[@data-mark]/@name")
    for wrong in ("chín", "10,5", "-1", "8,555"):
        refused = staff.post(f"{told.url}/marks", {first: "9", second: wrong}, status=422)
        assert f'value="{wrong}"' in refused.get_data(as_text=True)
    assert db.session.scalars(sa.select(ManualMark)).all() == []
    staff.post(f"{told.url}/marks", {first: "9", second: "8,25"})
    assert sorted(one.mark for one in db.session.scalars(sa.select(ManualMark))) == [825, 900]
    staff.post(f"{told.url}/marks", {first: "", second: "8,25"})
    assert [one.mark for one in db.session.scalars(sa.select(ManualMark))] == [825]


def test_sources_of_another_class_are_refused(told: ResultStory) -> None:
    other = told.world.course_class(told.centre)
    foreign = told.world.assessment(other, told.world.bank(told.centre), told.lecturer)
    staff = told.visit(told.staff)
    staff.post(f"{told.url}/sources", {"source-final": f"assessment:{foreign.public_id}"}, status=404)
    both = ["manual:", f"assessment:{told.final.public_id}"]
    refused = staff.post(f"{told.url}/sources", {"source-final": both}, status=422)
    assert "đứng một mình" in refused.get_data(as_text=True)
    assert db.session.scalars(sa.select(ComponentSource)).all() == []


def test_computing_wants_sources_and_learners(told: ResultStory) -> None:
    staff = told.visit(told.staff)
    staff.post(f"{told.url}/compute")
    assert "Chưa chọn nguồn điểm" in staff.page(told.url).text_content()
    told.sources()
    staff.post(f"{told.url}/compute")
    assert "chưa có học viên" in staff.page(told.url).text_content()
    assert db.session.scalars(sa.select(ClassResult)).all() == []


def test_a_class_without_regulation_says_what_to_do(told: ResultStory) -> None:
    other = told.world.course_class(told.centre)
    url = f"/classes/{other.public_id}/result"
    staff = told.visit(told.staff)
    assert "chưa có quy chế" in staff.page(url).text_content()
    staff.get(f"{url}/sources", status=409)
    staff.get(f"{url}/export", status=409)


def test_a_typed_mark_stands_for_a_missing_one_with_its_reason(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An", None)
    told.to("draft")
    staff, url = told.visit(told.staff), f"{told.url}/learners/{learner.public_id}"
    data = {"code": "final", "mark": "7,0"}
    assert "Hãy ghi lý do" in staff.post(f"{url}/mark", data, status=422).get_data(as_text=True)
    staff.post(f"{url}/mark", {"code": "final", "mark": "bảy", "note": "Thi bù"}, status=422)
    staff.post(f"{url}/mark", {**data, "note": "Thi bù ngày 20/11"})
    assert "Số liệu đã đổi" in staff.page(told.url).text_content()
    staff.post(f"{told.url}/compute")
    assert stored()["Nguyễn Văn An"].mark == 750
    assert "Ghi chú: Thi bù ngày 20/11." in staff.page(url).text_content()
    staff.post(f"{url}/mark", {"code": "final", "mark": ""})
    staff.post(f"{told.url}/compute")
    assert stored()["Nguyễn Văn An"].mark is None


def test_remarks_stay_when_the_result_is_computed_anew(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An")
    told.to("draft")
    staff = told.visit(told.staff)
    staff.post(f"{told.url}/remarks", {f"r-{learner.public_id}": "  Chấp hành tốt  nội quy. "})
    told.sat(learner, 1000)
    staff.post(f"{told.url}/compute")
    (one,) = learner_results(told.course_class.id)
    assert (one.remark, one.mark) == ("Chấp hành tốt nội quy.", 990)
    staff.post(f"{told.url}/learners/{learner.public_id}/remark", {"remark": "Khác"})
    db.session.expire_all()
    assert stored()["Nguyễn Văn An"].remark == "Khác"


def test_the_workbook_and_the_print_hold_what_is_shown(told: ResultStory) -> None:
    trick = '=HYPERLINK("http://x")'
    told.add("Nguyễn Văn An", 830)
    told.add(trick, 300)
    told.to("draft")
    staff = told.visit(told.staff)
    data = staff.get(f"{told.url}/export").get_data()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    head, *rows = list(sheet.iter_rows(min_row=7, values_only=True))
    table = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(table) == {"Nguyễn Văn An", trick}
    assert (table["Nguyễn Văn An"]["Tổng kết"], table["Nguyễn Văn An"]["Xếp loại"]) == (8.5, "Giỏi")
    text = staff.page(f"{told.url}/print?band=good").text_content().replace("\xa0", " ")
    assert "8,5 · Tám phẩy năm" in text
    assert trick not in text
    assert "Bản nháp" in text


def test_the_table_asks_as_often_for_many_as_for_one(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("draft")
    staff = told.visit(told.staff)
    counts = []
    for _ in range(2):
        staff.send("GET", told.url)
        with counted() as statements:
            staff.send("GET", told.url)
        counts.append(len(statements))
        for number in range(30):
            told.add(f"Học viên {number}")
        with UnitOfWork():
            operations.compute(actor=told.world.actor(told.staff), course_class=told.course_class)
    assert counts[0] == counts[1] <= 12


def test_a_stranger_may_not(told: ResultStory, stranger: Visitor) -> None:
    learner = told.add("Nguyễn Văn An")
    told.to("draft")
    pages = ["", "/sources", "/marks", "/remarks", "/regulation", "/export", "/print", "/score-sheet.pdf",
             "/recognition.pdf", f"/learners/{learner.public_id}"]  # fmt: skip
    posts = ["/sources", "/marks", "/compute", "/check", "/reopen", "/publish", "/withdraw", "/remarks",
             "/regulation", f"/learners/{learner.public_id}/mark", f"/learners/{learner.public_id}/remark"]  # fmt: skip
    stranger.get(told.url, status=302)
    other = told.world.centre("Trung tâm khác")
    foreign = told.visit(told.world.person(Role.STAFF, other))
    own = told.visit(learner)
    for page in pages:
        own.get(told.url + page, status=403)
        foreign.get(told.url + page, status=404)
    data = {"code": "final", "mark": "9", "note": "x", "reason": "x", "remark": "x"}
    for page in posts:
        own.post(told.url + page, data, status=403)
        told.visit(told.lecturer).post(told.url + page, data, status=403)
        foreign.post(told.url + page, data, status=404)
    boss = told.visit(told.world.person(Role.LEADER, other))
    boss.post(f"{told.url}/sign", status=404)
    boss.post(f"{told.url}/return", {"note": "x"}, status=404)
    told.visit(told.lecturer).get(told.url)
