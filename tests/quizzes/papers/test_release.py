"""A draft is checked, released, sent to the class, withdrawn, archived; and who may."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.errors import NotAllowed
from lms.quizzes.bank.models import Question, QuestionState
from lms.quizzes.delivery.models import Attempt
from lms.quizzes.papers import operations
from lms.quizzes.papers.models import Assessment, AssessmentState
from lms.web.qr import qr_code
from tests.quizzes.papers.stories import Story, story
from tests.world import World


def ready(told: Story, kind: str = "final_test", **changes: str) -> str:
    """A draft that the bank can fill; its key."""
    key = told.compose(kind, **changes)
    told.fill(key, {told.cell(): 2, told.cell(0, "apply", "practice"): 1})
    return key


def test_a_leader_releases_what_a_lecturer_wrote_and_a_learner_starts(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told)
    told.act(told.lecturer, key, "submit")
    told.act(told.leader, key, "release")
    stored = told.stored(key)
    assert stored.state is AssessmentState.RELEASED
    assert stored.released_by_id == told.leader.id
    assert stored.pool is not None
    assert len(stored.pool["items"]) == 6
    learner = told.visit(world.learner(told.centre, told.course_class))
    assert "Vào thi" in learner.get(f"/assessments/{key}").get_data(as_text=True)
    learner.post(f"/assessments/{key}/start", status=302)
    attempt = db.session.scalars(sa.select(Attempt)).one()
    assert len(attempt.slots) == 3
    actions = [event.action for event in trail("assessment", told.stored(key).id)]
    assert actions == [
        "assessment.released",
        "assessment.submitted",
        "assessment.blueprint_changed",
        "assessment.created",
    ]


def test_a_practice_quiz_is_released_by_its_author(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told, "practice", attempts_allowed="0", opens_at="", closes_at="")
    told.act(told.lecturer, key, "release")
    learner = told.visit(world.learner(told.centre, told.course_class))
    answer = learner.post(f"/assessments/{key}/start", status=302)
    learner.get(answer.headers["Location"])


def test_an_author_does_not_release_a_graded_one_even_as_a_leader(app: Flask, world: World) -> None:
    told = story(app, world)
    both = world.account(
        "Vừa dạy vừa ký", told.centre, {Role.LECTURER: told.centre, Role.LEADER: told.centre}
    )
    key = told.compose(by=both)
    told.visit(both).post(
        f"/papers/{key}/blueprint", {"revision": "1", "weights": "even", told.cell(): "1"}, status=303
    )
    assert "Đồng ý phát hành" not in told.visit(both).get(f"/papers/{key}").get_data(as_text=True)
    told.act(both, key, "submit")
    told.act(both, key, "release", 403)
    assert told.stored(key).state is AssessmentState.DRAFT


def test_in_a_small_centre_the_director_does(app: Flask, world: World) -> None:
    told = story(app, world, small_centre=True)
    both = world.account(
        "Vừa dạy vừa ký", told.centre, {Role.LECTURER: told.centre, Role.LEADER: told.centre}
    )
    key = told.compose(by=both)
    told.visit(both).post(
        f"/papers/{key}/blueprint", {"revision": "1", "weights": "even", told.cell(): "1"}, status=303
    )
    told.act(both, key, "release")
    assert told.stored(key).state is AssessmentState.RELEASED
    plain = ready(told)
    told.act(told.lecturer, plain, "release", 403)


def test_only_a_leader_releases_and_only_what_was_submitted(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told)
    told.act(told.leader, key, "release", 403)
    told.act(told.lecturer, key, "submit")
    told.act(told.staff, key, "release", 403)
    told.act(told.lecturer, key, "release", 403)
    learner = world.learner(told.centre, told.course_class)
    told.act(learner, key, "release", 403)
    assert told.stored(key).state is AssessmentState.DRAFT


def test_the_operation_rechecks(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told)
    with pytest.raises(NotAllowed), UnitOfWork():
        operations.release_assessment(actor=world.actor(told.staff), assessment=told.stored(key), revision=2)


def test_a_change_after_submission_has_to_be_submitted_again(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told)
    told.act(told.lecturer, key, "submit")
    seen = told.stored(key).revision
    told.fill(key, {told.cell(): 1})
    told.visit(told.leader).post(f"/papers/{key}/release", {"revision": str(seen)}, status=403)
    told.act(told.lecturer, key, "submit")
    told.visit(told.leader).post(f"/papers/{key}/release", {"revision": str(seen)}, status=409)
    assert told.stored(key).state is AssessmentState.DRAFT


def test_a_leader_sends_it_back_with_a_reason(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told)
    told.act(told.lecturer, key, "submit")
    told.act(told.leader, key, "return", 422, reason=" ")
    told.act(told.leader, key, "return", reason="Thêm câu thực tiễn.")
    assert told.stored(key).submitted_at is None
    assert "Thêm câu thực tiễn." in told.visit(told.lecturer).get(f"/papers/{key}").get_data(as_text=True)


def test_a_cell_that_lacks_questions_is_named_and_release_refuses(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose("practice", attempts_allowed="0")
    told.fill(key, {told.cell(): 6, told.cell(1, "apply", "practice"): 1})
    page = told.visit(told.lecturer).get(f"/papers/{key}").get_data(as_text=True)
    assert (
        "Chủ đề 1 · Nhận biết · Lý luận: ma trận cần 6 câu, ngân hàng có 4 câu đã duyệt, còn thiếu 2 câu."
        in page
    )
    assert (
        "Chủ đề 2 · Vận dụng · Thực tiễn: ma trận cần 1 câu, ngân hàng có 0 câu đã duyệt, còn thiếu 1 câu."
        in page
    )
    topic = told.bank.topics[0].public_id
    link = (
        f"/bank/{told.bank.public_id}?topic={topic}&amp;level=recognise&amp;aspect=theory&amp;state=approved"
    )
    assert link in page
    refused = told.act(told.lecturer, key, "release", 422)
    assert "còn thiếu 2 câu" in refused
    assert told.stored(key).pool is None


def test_cells_that_compete_are_named_together(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose("practice", attempts_allowed="0")
    told.fill(key, {told.cell(1): 2, told.cell(1, "any", "theory"): 1})
    page = told.visit(told.lecturer).get(f"/papers/{key}").get_data(as_text=True)
    assert "còn thiếu 1 câu" in page
    assert "Ô này dùng chung câu với" in page


def test_a_draft_or_retired_question_is_not_counted(app: Flask, world: World) -> None:
    told = story(app, world)
    world.question(told.bank, told.lecturer, state=QuestionState.IN_REVIEW)
    with UnitOfWork():
        first = db.session.scalars(sa.select(Question).order_by(Question.id)).first()
        assert first is not None
        first.state = QuestionState.RETIRED
    key = told.compose("practice", attempts_allowed="0")
    told.fill(key, {told.cell(): 4})
    told.act(told.lecturer, key, "release", 422)
    told.fill(key, {told.cell(): 3})
    told.act(told.lecturer, key, "release")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opens_at": ""}, "Bài kiểm tra cần giờ mở và giờ đóng."),
        ({"closes_at": ""}, "Bài kiểm tra cần giờ mở và giờ đóng."),
    ],
)
def test_a_graded_assessment_needs_its_window(
    app: Flask, world: World, changes: dict[str, str], words: str
) -> None:
    told = story(app, world)
    key = ready(told, **changes)
    assert words in told.act(told.lecturer, key, "submit", 422)


def test_no_questions_no_release(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose("practice", attempts_allowed="0")
    assert "Ma trận chưa lấy câu nào" in told.act(told.lecturer, key, "release", 422)


def test_a_window_that_passed_while_waiting(app: Flask, world: World) -> None:
    told = story(app, world)
    key = ready(told)
    told.act(told.lecturer, key, "submit")
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert "Giờ đóng đã qua rồi" in told.act(told.leader, key, "release", 422)


def test_release_twice_is_a_conflict(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    told.act(told.leader, key, "release", 409)


def test_the_pool_stays_as_it_was_released(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    pool = told.stored(key).pool
    world.question(told.bank, told.lecturer)
    told.visit(told.lecturer).post(
        f"/papers/{key}/blueprint", {"revision": "2", told.cell(): "4"}, status=403
    )
    told.visit(told.lecturer).post(f"/papers/{key}/edit", told.fields(revision="2"), status=403)
    assert told.stored(key).pool == pool


def test_withdrawn_while_nobody_has_begun(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    told.act(told.lecturer, key, "withdraw", 403)
    told.act(told.leader, key, "withdraw")
    stored = told.stored(key)
    assert (stored.state, stored.pool, stored.released_at) == (AssessmentState.DRAFT, None, None)
    told.act(told.lecturer, key, "submit")
    told.act(told.leader, key, "release")
    learner = told.visit(world.learner(told.centre, told.course_class))
    learner.post(f"/assessments/{key}/start")
    told.act(told.leader, key, "withdraw", 409)
    assert told.stored(key).state is AssessmentState.RELEASED
    assert not told.visit(told.leader).page(f"/papers/{key}").xpath('//form[contains(@action, "withdraw")]')


def test_archived_when_it_is_over(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    told.act(told.leader, key, "archive", 403)
    practice = told.released("practice", attempts_allowed="0")
    told.act(told.lecturer, practice, "archive")
    learner = told.visit(world.learner(told.centre, told.course_class))
    learner.get(f"/assessments/{practice}")
    learner.post(f"/assessments/{practice}/start", status=409)
    with clock.frozen(clock.now() + timedelta(days=2)):
        told.act(told.lecturer, key, "archive", 403)
        told.act(told.leader, key, "archive")
    assert told.stored(key).state is AssessmentState.ARCHIVED


def test_what_is_sent_to_the_class(app: Flask, world: World) -> None:
    told = story(app, world)
    draft = ready(told)
    assert not told.visit(told.lecturer).page(f"/papers/{draft}").xpath('//img[@class="share-code"]')
    key = told.released()
    page = told.visit(told.staff).page(f"/papers/{key}")
    message = page.xpath('string(//button[contains(., "Zalo")]/@data-copy)')
    assert f"http://localhost/assessments/{key}" in message
    assert "Kiểm tra chuyên đề 1" in message
    picture = page.xpath('string(//img[@class="share-code"]/@src)')
    assert picture == qr_code(f"http://localhost/assessments/{key}")
    assert picture.startswith("data:image/svg+xml")


def test_the_database_holds_what_must_never_be(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.compose()
    for values in (
        {"attempts_allowed": 0},
        {"pass_mark": 1001},
        {"state": AssessmentState.RELEASED},
        {"time_limit": 0},
        {"closes_at": Assessment.opens_at},
    ):
        with pytest.raises(sa.exc.IntegrityError), UnitOfWork():
            db.session.execute(sa.update(Assessment).where(Assessment.public_id == key).values(**values))
