"""Staff publish results, and nobody sees a mark before."""

import sqlalchemy as sa
from flask import Flask

from lms.audit.models import AuditEvent
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.notices.models import Notice
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers.models import ReviewRule
from lms.results.gradebook.models import Publication
from tests.results.stories import ClassStory
from tests.visitor import Visitor
from tests.world import World

CANARIES = ("7,8", "7.8", "780", "78,0", "CANARY")
"""The learner's mark as any page might write it, and the explanation of every question."""


def learner_pages(told: ClassStory, attempt: Attempt) -> list[str]:
    return [
        "/",
        "/learn",
        f"/assessments/{told.assessment.public_id}",
        f"/attempts/{attempt.public_id}",
        f"/attempts/{attempt.public_id}/result",
        told.url,
        f"{told.url}/export",
        f"{told.url}/print",
        f"{told.url}/questions",
        f"{told.url}/attempts/{attempt.public_id}",
    ]


def leaks(visitor: Visitor, urls: list[str]) -> list[tuple[str, str]]:
    found = []
    for url in urls:
        answer = visitor.send("GET", url, headers={"Accept": "text/html"})
        text = answer.get_data(as_text=True).replace(url.rpartition("/")[2], "")
        found += [(url, canary) for canary in CANARIES if canary in visible(text)]
    return found


def visible(text: str) -> str:
    """Without addresses and ids, which are random and may hold any digits."""
    kept = [part for part in text.split() if not part.startswith(("href=", "action=", "id=", "value="))]
    return " ".join(kept)


def events(action: str) -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == action)))


def test_no_learner_response_holds_a_mark_before_publication(app: Flask, world: World) -> None:
    told = ClassStory(app, world, review_rule=ReviewRule.KEY_AND_EXPLANATION)
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, 5, 2)
    urls = learner_pages(told, attempt)
    visitor = told.visit(learner)
    assert leaks(visitor, urls) == []
    assert "chưa được công bố" in visitor.page(urls[4]).text_content()
    told.close_window()
    assert leaks(visitor, urls) == []
    told.publish()
    assert (urls[4], "7,8") in leaks(visitor, urls)
    assert (urls[4], "CANARY") in leaks(visitor, urls)


def test_staff_publish_and_it_is_recorded(told: ClassStory) -> None:
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, 5, 2)
    staff = told.visit(told.staff)
    page = staff.page(told.url)
    assert page.xpath("//form[@data-confirm]/@data-confirm")[0].startswith("Công bố điểm của 1 người?")
    staff.post(f"{told.url}/publish")
    assert "Phạm Thị Vụ công bố lúc" in staff.page(told.url).text_content()
    assert [event.actor_name for event in events("results.published")] == ["Phạm Thị Vụ"]
    assert "7,8" in told.visit(learner).page(f"/attempts/{attempt.public_id}/result").text_content()
    staff.post(f"{told.url}/publish", status=409)
    assert len(events("results.published")) == 1


def test_the_question_warns_of_who_is_missing(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    told.learner("Nguyễn Văn Bình")
    asked = told.visit(told.leader).page(told.url).xpath("//form[@data-confirm]/@data-confirm")[0]
    assert "1 người chưa làm và bài vẫn đang mở" in asked


def test_nothing_is_published_while_somebody_writes(told: ClassStory) -> None:
    told.sits("Nguyễn Văn An")
    told.sits("Nguyễn Văn Bình", hands_in=False)
    staff = told.visit(told.staff)
    page = staff.page(told.url)
    assert not page.xpath("//form[contains(@action, '/publish')]")
    assert "Còn 1 người đang làm bài" in page.text_content()
    refused = staff.post(f"{told.url}/publish", status=409)
    assert "Còn 1 người đang làm bài" in refused.get_data(as_text=True)
    assert db.session.scalars(sa.select(Publication)).all() == []


def test_a_stranger_may_not(told: ClassStory, stranger: Visitor) -> None:
    learner = told.learner("Nguyễn Văn An")
    told.sits(learner)
    stranger.post(f"{told.url}/publish", status=302)
    for account in (learner, told.lecturer, told.overseer):
        told.visit(account).post(f"{told.url}/publish", status=403)
    other = told.world.person(Role.STAFF, told.world.centre("Trung tâm khác"))
    told.visit(other).post(f"{told.url}/publish", status=404)
    told.visit(told.staff).get(f"{told.url}/publish", status=405)
    forged = told.visit(told.staff).send("POST", f"{told.url}/publish")
    assert forged.status_code == 400
    assert db.session.scalars(sa.select(Publication)).all() == []
    assert not told.visit(told.lecturer).page(told.url).xpath("//form[contains(@action, '/publish')]")


def test_withdrawal_needs_a_reason_and_hides_the_marks_again(told: ClassStory) -> None:
    learner = told.learner("Nguyễn Văn An")
    attempt = told.sits(learner, 5, 2)
    told.publish()
    staff, own = told.visit(told.staff), told.visit(learner)
    form = staff.page(f"{told.url}/withdraw")
    assert form.xpath("//textarea[@name='reason']")
    refused = staff.post(f"{told.url}/withdraw", {"reason": "  "}, status=422)
    assert "Hãy ghi lý do" in refused.get_data(as_text=True)
    assert 'name="reason"' in refused.get_data(as_text=True)
    assert "7,8" in own.page(f"/attempts/{attempt.public_id}/result").text_content()
    staff.post(f"{told.url}/withdraw", {"reason": "Đáp án câu 5 sai"})
    assert leaks(own, learner_pages(told, attempt)) == []
    (event,) = events("results.withdrawn")
    assert event.data["reason"] == "Đáp án câu 5 sai"
    assert event.data["published_by"] == "Phạm Thị Vụ"
    staff.post(f"{told.url}/withdraw", {"reason": "Lần nữa"}, status=409)
    staff.get(f"{told.url}/withdraw", status=302)
    staff.post(f"{told.url}/publish")
    assert "7,8" in own.page(f"/attempts/{attempt.public_id}/result").text_content()


def test_a_stranger_may_not_withdraw(told: ClassStory, stranger: Visitor) -> None:
    learner = told.learner("Nguyễn Văn An")
    told.sits(learner)
    told.publish()
    reason = {"reason": "Không vì gì cả"}
    stranger.post(f"{told.url}/withdraw", reason, status=302)
    for account in (learner, told.lecturer, told.overseer):
        told.visit(account).post(f"{told.url}/withdraw", reason, status=403)
    other = told.world.person(Role.LEADER, told.world.centre("Trung tâm khác"))
    told.visit(other).get(f"{told.url}/withdraw", status=404)
    told.visit(other).post(f"{told.url}/withdraw", reason, status=404)
    assert len(db.session.scalars(sa.select(Publication)).all()) == 1
    with UnitOfWork():
        assert events("results.withdrawn") == []


def test_publication_is_told_to_those_who_sat_and_to_nobody_else(app: Flask, world: World) -> None:
    told = ClassStory(app, world)
    sat, absent = told.learner("Nguyễn Văn An"), told.learner("Trần Thị Bình")
    told.sits(sat, 3, 2)
    told.visit(told.staff).post(f"{told.url}/publish")
    [notice] = db.session.scalars(sa.select(Notice).where(Notice.text.startswith("Đã có điểm"))).all()
    assert notice.account_id == sat.id != absent.id
    assert not any(canary in f"{notice.params}{notice.url}" for canary in CANARIES)
