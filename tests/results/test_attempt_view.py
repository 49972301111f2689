"""Staff look into one learner's attempt: what was answered, what was saved when, what it earned."""

import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from tests.counting import counted
from tests.results.stories import ClassStory
from tests.visitor import Visitor


def looked(told: ClassStory) -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "attempt.viewed")))


def test_answers_stand_beside_the_key(told: ClassStory) -> None:
    attempt = told.sits("Nguyễn Văn An", 5, 2, blank=1)
    page = told.visit(told.staff).page(f"{told.url}/attempts/{attempt.public_id}")
    items = page.xpath("//main//table")[0].xpath("./tbody/tr")
    assert len(items) == 9
    outcomes = [row.xpath("./td[@data-label='Kết quả']")[0].text_content().strip() for row in items]
    assert outcomes.count("Đúng") == 7
    assert outcomes.count("Chưa đúng") == 2
    for row in items:
        given, key = (
            " ".join(row.xpath(f"./td[@data-label='{label}']")[0].text_content().split())
            for label in ("Đã trả lời", "Đáp án")
        )
        assert "Phương án b" in key
        right = row.xpath("./td[@data-label='Kết quả']")[0].text_content().strip() == "Đúng"
        assert (given == key) is right
        points = row.xpath("./td[@data-label='Điểm câu']")[0].text_content().strip()
        assert points == ("1/1,0" if right else "0/1,0")
    assert "Chưa trả lời" in page.text_content()
    assert "7,8" in page.text_content()


def test_every_save_is_in_the_log(told: ClassStory) -> None:
    attempt = told.sits("Nguyễn Văn An", 0, 0, hands_in=False)
    with UnitOfWork():
        told.save(attempt, 1, "b", revision=2, client="second")
        told.save(attempt, 1, None, revision=3, client="second")
        told.save(attempt, 2, {"nonsense": 1}, revision=2, client="second")
    page = told.visit(told.staff).page(f"{told.url}/attempts/{attempt.public_id}")
    log = page.xpath("//main//table")[1].xpath("./tbody/tr")
    assert len(log) == 12
    assert "12 lần máy chủ xác nhận đã lưu" in page.text_content()
    cells = [
        tuple(
            " ".join(row.xpath(f"./td[@data-label='{label}']")[0].text_content().split())
            for label in ("Câu", "Lần sửa", "Nội dung đã lưu", "Lần mở trang")
        )
        for row in log
    ]
    revised = [cell for cell in cells if cell[0] == "1"]
    assert [cell[1] for cell in revised] == ["1", "2", "3"]
    assert "Phương án b" in revised[1][2]
    assert revised[2][2] == "Chưa trả lời"
    assert [cell[3] for cell in revised] == ["1", "2", "2"]
    assert any("Không đọc được" in cell[2] for cell in cells)


def test_who_looked_is_noted(told: ClassStory) -> None:
    attempt = told.sits("Nguyễn Văn An")
    told.visit(told.lecturer).get(f"{told.url}/attempts/{attempt.public_id}")
    (event,) = looked(told)
    assert (event.actor_name, event.subject_type, event.subject_id) == (
        "Đỗ Giảng Viên",
        "attempt",
        attempt.id,
    )


def test_the_table_leads_there(told: ClassStory) -> None:
    attempt = told.sits("Nguyễn Văn An")
    page = told.visit(told.staff).page(told.url)
    assert page.xpath(f"//a[@href='{told.url}/attempts/{attempt.public_id}']")


def test_statements_do_not_grow_with_the_saves(told: ClassStory) -> None:
    attempt = told.sits("Nguyễn Văn An", hands_in=False)
    visitor = told.visit(told.staff)
    url = f"{told.url}/attempts/{attempt.public_id}"
    counts = []
    for start in (2, 60):
        with UnitOfWork():
            for revision in range(start, start + 30):
                told.save(attempt, 1, "c", revision=revision)
        visitor.get(url)
        with counted() as seen:
            visitor.get(url)
        counts.append(len([one for one in seen if one.startswith("SELECT")]))
    assert counts[0] == counts[1] <= 10


def test_a_stranger_may_not(told: ClassStory, stranger: Visitor) -> None:
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner)
    url = f"{told.url}/attempts/{attempt.public_id}"
    stranger.get(url, status=302)
    told.visit(learner).get(url, status=403)
    other = ClassStory(told.app, told.world)
    for account in (other.staff, other.leader, other.lecturer, other.overseer):
        told.visit(account).get(url, status=404)
        told.visit(account).get(f"{other.url}/attempts/{attempt.public_id}", status=404)
    told.visit(told.world.person(Role.UNIT, told.centre)).get(url, status=403)
    told.visit(told.staff).get(f"{told.url}/attempts/0000000000000000", status=404)
    assert looked(told) == []
