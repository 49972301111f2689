"""A unit follows the learners it sent, and nobody else's."""

from lms.core.actor import Role
from lms.courses.attendance.models import Leave
from lms.results.class_results.models import ResultState
from tests.results.letters.stories import LetterStory


def page_of(told: LetterStory) -> str:
    return f"/unit/classes/{told.course_class.public_id}"


def test_the_unit_sees_its_own_with_attendance_and_marks(told: LetterStory) -> None:
    told.absent("Trần Văn Đức", 0, Leave.EXCUSED)
    liaison = told.visit(told.liaison)
    whole = liaison.page("/unit/learners").text_content()
    assert told.course_class.title in whole
    assert "56/60 (93,33\u00a0%)" in whole
    assert "2/3 (66,67\u00a0%)" in whole
    text = liaison.page(page_of(told)).text_content()
    assert "16/20 (80,00\u00a0%)" in text
    assert "sáng 05/01/2026 (có phép)" in text
    assert "8,9" in text
    assert "Không đạt" in text
    assert "Võ Khác Đơn Vị" not in text


def test_no_mark_before_publication(told: LetterStory) -> None:
    told.publish(told.result, ResultState.SIGNED)
    liaison = told.visit(told.liaison)
    texts = [liaison.page(url).text_content() for url in ("/unit/learners", page_of(told))]
    for text in texts:
        assert "8,9" not in text
        assert "Giỏi" not in text
        assert "66,67" not in text
    assert "20/20 (100,00\u00a0%)" in texts[-1]


def test_a_unit_sees_those_of_the_units_below(told: LetterStory) -> None:
    below = told.world.unit("Chi bộ thôn Đông", told.first)
    told.learner("Đinh Cấp Dưới", below, 700)
    text = told.visit(told.liaison).page(page_of(told)).text_content()
    assert "Đinh Cấp Dưới" in text
    assert "Chi bộ thôn Đông" in text


def test_a_stranger_may_not(told: LetterStory) -> None:
    third = told.world.person(Role.UNIT, told.world.unit("Đơn vị không cử ai", told.centre), "Người thứ ba")
    visitor = told.visit(third)
    assert "Chưa có học viên nào" in visitor.page("/unit/learners").text_content()
    visitor.get(page_of(told), status=404)
    for account in (told.staff, told.lecturer):
        told.visit(account).get("/unit/learners", status=403)
        told.visit(account).get(page_of(told), status=403)
