"""Staff let a running assessment end later; nobody loses a minute."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from lms.audit.queries import trail
from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.delivery.models import Attempt, AttemptState
from tests.quizzes.papers.stories import Story, story
from tests.visitor import Visitor
from tests.world import World


def begin(told: Story, world: World, key: str, name: str) -> Account:
    learner = world.learner(told.centre, told.course_class, name)
    told.visit(learner).post(f"/assessments/{key}/start")
    return learner


def deadline(learner: Account) -> datetime:
    found = db.session.scalars(sa.select(Attempt.deadline_at).where(Attempt.account_id == learner.id)).one()
    assert found is not None
    return found


def test_running_attempts_follow_by_the_rule_of_the_start(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released(opens_at=told.local(minutes=-10), closes_at=told.local(minutes=50))
    early = begin(told, world, key, "Vào Sớm")
    with clock.frozen(clock.now() + timedelta(minutes=30)) as hands:
        late = begin(told, world, key, "Vào Muộn")
        helped = begin(told, world, key, "Được Thêm")
        told.visit(told.staff).post(
            f"/sessions/{key}/learners/{helped.public_id}/extra-time",
            {"account": helped.public_id, "minutes": "5", "reason": "Mất điện"},
        )
        handed = begin(told, world, key, "Đã Nộp")
        attempt = db.session.scalars(sa.select(Attempt).where(Attempt.account_id == handed.id)).one()
        told.visit(handed).post(f"/attempts/{attempt.public_id}/finish", {"confirmed": "1"})
        by_limit, by_window, with_extra, done = map(deadline, (early, late, helped, handed))
        started = hands()
        told.visit(told.staff).post(f"/sessions/{key}/window", {"closes_at": told.local(hours=2)}, status=303)
        db.session.expire_all()
        assert deadline(early) == by_limit
        assert deadline(late) == started + timedelta(minutes=45) > by_window
        assert deadline(helped) == started + timedelta(minutes=50) > with_extra
        assert deadline(handed) == done
        assert (
            db.session.scalars(sa.select(Attempt.state).where(Attempt.account_id == handed.id)).one()
            is AttemptState.CLOSED
        )
    stored = told.stored(key)
    event = trail("assessment", stored.id)[0]
    assert event.action == "assessment.window_extended"
    assert event.data["attempts"] == 2


def test_never_earlier(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    before = told.stored(key).closes_at
    answer = told.visit(told.staff).post(
        f"/sessions/{key}/window", {"closes_at": told.local(minutes=60)}, status=422
    )
    assert 'id="closes_at-error"' in answer.get_data(as_text=True)
    told.visit(told.staff).post(f"/sessions/{key}/window", {"closes_at": ""}, status=422)
    told.visit(told.staff).post(f"/sessions/{key}/window", {"closes_at": "mai"}, status=422)
    assert told.stored(key).closes_at == before


def test_not_after_the_end(app: Flask, world: World) -> None:
    told = story(app, world)
    key = told.released()
    with clock.frozen(clock.now() + timedelta(days=1)):
        told.visit(told.staff).get(f"/sessions/{key}/window", 403)
        told.visit(told.staff).post(f"/sessions/{key}/window", {"closes_at": told.local(hours=9)}, status=403)


def test_who_may_not(app: Flask, world: World, stranger: Visitor) -> None:
    told = story(app, world)
    key = told.released()
    later = {"closes_at": told.local(hours=9)}
    told.visit(told.lecturer).post(f"/sessions/{key}/window", later, status=403)
    told.visit(world.learner(told.centre, told.course_class)).post(
        f"/sessions/{key}/window", later, status=403
    )
    stranger.post(f"/sessions/{key}/window", later, status=302)
    elsewhere = world.centre("Trung tâm khác")
    told.visit(world.person(Role.STAFF, elsewhere)).post(f"/sessions/{key}/window", later, status=404)
    told.visit(told.staff).get(f"/sessions/{key}/window")
