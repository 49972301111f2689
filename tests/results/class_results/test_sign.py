"""Staff check, the leader signs or sends back, staff publish; nobody sees a result before, and a correction has a reason."""

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.models import AuditEvent
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import Conflict, NotFound
from lms.core.vietnamese import after_class
from lms.courses.nominations.passed import passed
from lms.notices.models import Notice
from lms.results.class_results import operations
from lms.results.class_results.models import ResultState
from lms.results.class_results.queries import own_results, signing_waiting
from lms.results.class_results.rules import signed_scope
from tests.results.class_results.stories import ResultStory
from tests.visitor import Visitor
from tests.world import World


def events(action: str) -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == action)))


def notices(account_id: int) -> list[str]:
    found = db.session.scalars(sa.select(Notice).where(Notice.account_id == account_id).order_by(Notice.id))
    return [one.text % one.params for one in found]


def test_the_whole_way_to_the_learner(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An")
    told.to("draft")
    staff, leader, own = told.visit(told.staff), told.visit(told.leader), told.visit(learner)
    own.get(f"{told.url}/mine", status=404)
    staff.post(f"{told.url}/check")
    assert notices(told.leader.id) == [f"Kết quả lớp {after_class(told.course_class.title)} chờ ký."]
    assert "Đã kiểm tra" in staff.page(told.url).text_content()
    leader.post(f"{told.url}/sign")
    own.get(f"{told.url}/mine", status=404)
    assert notices(told.staff.id) == [
        f"Kết quả lớp {after_class(told.course_class.title)} đã ký, có thể công bố."
    ]
    staff.post(f"{told.url}/publish")
    page = own.page(f"{told.url}/mine").text_content().replace("\xa0", " ")
    assert "Vì sao được điểm này" in page
    assert "8,3 × 80 % = 6,64" in page
    assert "Tám phẩy năm" in page
    assert "Giỏi" in page
    assert notices(learner.id) == [f"Đã có kết quả lớp {after_class(told.course_class.title)}."]
    staff.post(f"{told.url}/publish", status=409)
    assert len(notices(learner.id)) == 1
    assert [one.actor_name for one in events("class_result.signed")] == ["Lê Giám Đốc"]
    assert [one.class_result.course_class.id for one in own_results(learner.id)] == [told.course_class.id]


def test_a_learner_sees_nothing_of_another(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("published")
    outsider = told.world.learner(told.centre, None, "Người ngoài")
    told.visit(outsider).get(f"{told.url}/mine", status=404)


def test_only_a_published_pass_counts_as_passed(told: ResultStory) -> None:
    good, bad = told.add("Nguyễn Văn An"), told.add("Trần Thị Bình", 100)
    pair = ([good.id, bad.id], [told.course_class.programme_id])
    told.to("signed")
    assert passed(*pair) == set()
    with UnitOfWork():
        operations.publish(actor=told.world.actor(told.staff), course_class=told.course_class)
    assert passed(*pair) == {(good.id, told.course_class.programme_id)}


def test_whoever_checked_does_not_sign_but_in_a_small_centre(app: Flask, world: World) -> None:
    for small in (False, True):
        told = ResultStory(app, world, small_centre=small)
        told.add("Nguyễn Văn An")
        told.to("draft")
        leader = told.visit(told.leader)
        leader.post(f"{told.url}/check")
        shown = bool(leader.page(told.url).xpath(f"//form[@action='{told.url}/sign']"))
        assert shown is small
        leader.post(f"{told.url}/sign", status=302 if small else 403)
        assert told.result().state is (ResultState.SIGNED if small else ResultState.CHECKED)


def test_marks_that_changed_are_shown_and_stop_the_signature(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An", 830)
    told.to("checked")
    staff, leader = told.visit(told.staff), told.visit(told.leader)
    told.sat(learner, 831)  # 8,548 is 8,5 as well
    assert "Số liệu đã đổi" not in staff.page(told.url).text_content()
    told.sat(learner, 1000)
    assert "Số liệu đã đổi" in leader.page(told.url).text_content()
    leader.post(f"{told.url}/sign", status=409)
    assert told.result().state is ResultState.CHECKED
    staff.post(f"{told.url}/compute")
    assert told.result().state is ResultState.DRAFT
    staff.post(f"{told.url}/check")
    leader.post(f"{told.url}/sign")
    assert told.result().learners[0].mark == 990


def test_a_learner_who_came_or_went_is_a_change(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("draft")
    told.add("Trần Thị Bình")
    staff = told.visit(told.staff)
    assert "Kết quả của 1 người sẽ khác" in staff.page(told.url).text_content()
    staff.post(f"{told.url}/check", status=409)


def test_the_leader_sends_back_with_a_note(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("checked")
    leader = told.visit(told.leader)
    refused = leader.post(f"{told.url}/return", {"note": "  "}, status=422)
    assert "Hãy ghi lý do trả lại" in refused.get_data(as_text=True)
    leader.post(f"{told.url}/return", {"note": "Xem lại điểm ý thức"})
    assert told.result().state is ResultState.DRAFT
    assert "Xem lại điểm ý thức" in told.visit(told.staff).page(told.url).text_content()
    assert notices(told.staff.id)[-1].endswith("bị trả lại, có ghi lý do.")
    leader.post(f"{told.url}/return", {"note": "Lần nữa"}, status=409)


def test_staff_reopen_before_the_signature_only(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("checked")
    staff = told.visit(told.staff)
    staff.post(f"{told.url}/reopen")
    assert told.result().state is ResultState.DRAFT
    told.to("signed")
    staff.post(f"{told.url}/reopen", status=409)


@pytest.mark.parametrize("state", ["checked", "signed", "published"])
def test_nothing_changes_once_it_is_checked(told: ResultStory, state: str) -> None:
    learner = told.add("Nguyễn Văn An")
    told.to(state)
    staff = told.visit(told.staff)
    staff.post(f"{told.url}/sources", {"source-conduct": "manual:"}, status=409)
    staff.post(
        f"{told.url}/learners/{learner.public_id}/mark",
        {"code": "final", "mark": "9", "note": "x"},
        status=409,
    )
    if state != "checked":
        staff.post(f"{told.url}/remarks", {f"r-{learner.public_id}": "x"}, status=409)
        staff.post(f"{told.url}/compute", status=409)
    assert told.result().learners[0].mark == 850


def test_a_correction_has_a_reason_and_keeps_the_old_marks(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An")
    told.to("published")
    staff, own = told.visit(told.staff), told.visit(learner)
    assert "Thu lại công bố" in staff.page(f"{told.url}/withdraw").text_content()
    staff.post(f"{told.url}/withdraw", {"reason": " "}, status=422)
    own.get(f"{told.url}/mine")
    staff.post(f"{told.url}/withdraw", {"reason": "Phúc khảo"})
    own.get(f"{told.url}/mine", status=404)
    (event,) = events("class_result.withdrawn")
    assert (event.data["reason"], event.data["marks"]) == ("Phúc khảo", {learner.public_id: [850, "Giỏi"]})
    told.sat(learner, 1000)
    told.to("published")
    assert "9,9" in own.page(f"{told.url}/mine").text_content()
    assert len(notices(learner.id)) == 2
    staff.post(f"{told.url}/withdraw", {"reason": "Lần nữa"})
    staff.post(f"{told.url}/withdraw", {"reason": "Không còn gì"}, status=409)
    staff.get(f"{told.url}/withdraw", status=302)


def test_several_are_signed_at_once_all_or_none(app: Flask, world: World) -> None:
    told = ResultStory(app, world)
    told.add("Nguyễn Văn An")
    told.to("checked")
    other = ResultStory(app, world)
    other.add("Trần Thị Bình")
    other.to("checked")
    actor = world.actor(told.leader)
    assert [one.id for one in signing_waiting(signed_scope(actor))] == [told.result().id]
    keys = [told.result().public_id, other.result().public_id]
    with pytest.raises(NotFound), UnitOfWork():
        operations.sign_results(actor=actor, keys=keys)
    assert told.result().state is ResultState.CHECKED
    with UnitOfWork():
        assert operations.sign_results(actor=actor, keys=keys[:1]) == 1
    assert told.result().state is ResultState.SIGNED
    assert list(signing_waiting(signed_scope(actor))) == []


def test_a_regulation_changed_under_a_running_class(told: ResultStory) -> None:
    learner = told.add("Nguyễn Văn An", 830)
    told.to("checked")
    staff = told.visit(told.staff)
    regulation = f"/regulations/{told.regulation.public_id}"
    form = staff.page(f"{regulation}/edit").forms[-1]
    data = {name: value for name, value in form.form_values() if name != "csrf_token"}
    data |= {"components-0-weight": "50", "components-1-weight": "10", "components-2-weight": "40"}
    staff.post(f"{regulation}/edit", data)
    assert "Số liệu đã đổi" not in staff.page(told.url).text_content()
    page = staff.page(f"{told.url}/regulation")
    (link,) = page.xpath("//a[contains(@href, 'version=')]/@href")
    compared = " ".join(staff.page(link).text_content().split())
    assert "Kết quả của 1 trong 1 người sẽ khác" in compared
    assert "9,2" in compared
    key = link.partition("version=")[2]
    staff.post(f"{told.url}/regulation", {"version": key, "reason": ""}, status=422)
    staff.post(f"{told.url}/regulation", {"version": "khong-co", "reason": "x"}, status=404)
    staff.post(f"{told.url}/regulation", {"version": key, "reason": "Quy chế mới áp dụng cho cả năm"})
    assert "Số liệu đã đổi" in staff.page(told.url).text_content() or told.result().state is ResultState.DRAFT
    told.to("signed")
    assert told.result().learners[0].mark == 920
    (event,) = events("class_result.version_moved")
    assert event.data == {"from": 1, "to": 2, "reason": "Quy chế mới áp dụng cho cả năm"}
    first = told.regulation.versions[0].public_id
    staff.post(f"{told.url}/regulation", {"version": first, "reason": "Về bản cũ"}, status=409)
    assert learner.id


def test_a_stranger_may_not_sign(told: ResultStory, stranger: Visitor) -> None:
    learner = told.add("Nguyễn Văn An")
    told.to("checked")
    stranger.post(f"{told.url}/sign", status=302)
    for account in (learner, told.staff, told.lecturer, told.world.person(Role.OVERSEER, told.centre)):
        told.visit(account).post(f"{told.url}/sign", status=403)
        told.visit(account).post(f"{told.url}/return", {"note": "x"}, status=403)
    assert told.result().state is ResultState.CHECKED


def test_half_days_without_a_roll_are_told_before_anybody_signs(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("draft")
    staff = told.visit(told.staff)
    assert "Mới điểm danh" not in staff.page(told.url).text_content()
    with UnitOfWork():
        told.meetings[-1].called_at = told.meetings[-1].called_by_id = None
    assert "Mới điểm danh 16/20 tiết" in staff.page(told.url).text_content()


def test_a_leader_signs_over_missing_rolls_only_knowingly(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.uncalled()
    told.to("checked")
    leader = told.visit(told.leader)
    page = leader.page(told.url)
    assert "Còn 1/6 buổi chưa điểm danh." in page.text_content()
    assert page.xpath('//input[@name="aware"]')
    again = leader.post(f"{told.url}/sign", {}, 422).get_data(as_text=True)
    assert "Muốn ký khi còn buổi chưa điểm danh thì đánh dấu vào ô này." in again
    assert told.result().state is ResultState.CHECKED
    with pytest.raises(Conflict), UnitOfWork():
        operations.sign(actor=told.world.actor(told.leader), course_class=told.course_class)
    leader.post(f"{told.url}/sign", {"aware": "y"})
    assert told.result().state is ResultState.SIGNED
    rolls = {"rolls": {"missing": 1, "meetings": 6}}
    assert [one.data for one in events("class_result.checked") + events("class_result.signed")] == [
        rolls,
        rolls,
    ]


def test_a_whole_roll_asks_nothing(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.to("checked")
    leader = told.visit(told.leader)
    assert "chưa điểm danh" not in leader.page(told.url).text_content()
    leader.post(f"{told.url}/sign")
    assert [one.data for one in events("class_result.signed")] == [{}]


def test_a_batch_over_missing_rolls_is_asked_once_and_keeps_what_was_chosen(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.uncalled()
    key = f"result:{told.to('checked').public_id}"
    leader = told.visit(told.leader)
    assert "Còn 1/6 buổi chưa điểm danh." in leader.page("/leading/signing").text_content()
    asked = leader.post("/leading/signing", {"keys": [key]}, 200).get_data(as_text=True)
    assert "Chưa ký mục nào." in asked
    assert told.course_class.title in asked
    assert f'name="keys" value="{key}"' in asked
    still = leader.post("/leading/signing", {"keys": [key], "aware-asked": "1"}, 200).get_data(as_text=True)
    assert "đánh dấu vào ô này" in still
    assert told.result().state is ResultState.CHECKED
    leader.post("/leading/signing", {"keys": [key], "aware": "1"})
    assert told.result().state is ResultState.SIGNED
    assert [one.data["rolls"]["missing"] for one in events("class_result.signed")] == [1]
    told.visit(told.staff).post("/leading/signing", {"keys": [key], "aware": "1"}, 403)


def test_the_leader_reads_who_lacks_a_mark(told: ResultStory) -> None:
    told.add("Nguyễn Văn An")
    told.add("Trần Thị Bình", final=None)
    told.to("checked")
    leader = told.visit(told.leader)
    assert "1/2 đạt, 1 người chưa đủ điểm" in leader.page("/leading/signing").text_content()
    asked = leader.page(told.url).xpath(f'//form[@action="{told.url}/sign"]/@data-confirm')
    assert asked == ["Ký kết quả của 2 học viên? Còn 1 người chưa đủ điểm."]
