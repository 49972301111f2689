"""Guessing is slowed down: by name and by address, across workers and restarts, without locking a hall out."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import create_app
from lms.auth.access import throttle
from lms.auth.access.jobs import purge
from lms.auth.access.models import SignInFailure
from lms.auth.access.throttle import ADDRESS, NAME, watched_address
from lms.config import Settings
from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from tests.auth.people import PASSWORD, WRONG, code_of, failures, is_in, sessions, sign_in, with_password
from tests.visitor import Visitor
from tests.world import World

START = datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_after_a_few_failures_even_the_right_password_waits(app: Flask, world: World) -> None:
    account = with_password(world.person(Role.LEARNER, world.centre()))
    with clock.frozen(START) as hands:
        for _ in range(NAME.free):
            sign_in(Visitor(app), code_of(account), WRONG, 422)
        answer = sign_in(Visitor(app), code_of(account), PASSWORD, 429)
        assert "đợi 1 phút" in answer.get_data(as_text=True)
        assert answer.headers["Retry-After"] == "60"
        assert sessions() == 0
        hands.tick(61)
        sign_in(Visitor(app), code_of(account), PASSWORD)


def test_the_pause_grows_and_has_an_end(app: Flask, world: World) -> None:
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    waits = []
    with clock.frozen(START) as hands:
        for _ in range(NAME.free - 1):
            sign_in(Visitor(app), name, WRONG, 422)
        for _ in range(6):
            sign_in(Visitor(app), name, WRONG, 422)
            waits.append(int(sign_in(Visitor(app), name, WRONG, 429).headers["Retry-After"]) // 60)
            hands.tick(waits[-1] * 60)
    assert waits == [1, 2, 4, 8, 15, 15]


def test_a_name_that_nobody_has_is_slowed_down_alike(app: Flask, world: World) -> None:
    with clock.frozen(START):
        for _ in range(NAME.free):
            sign_in(Visitor(app), "hv99999", WRONG, 422)
        sign_in(Visitor(app), " HV99999", WRONG, 429)
        sign_in(Visitor(app), "hv99998", WRONG, 422)


def test_a_success_clears_the_name(app: Flask, world: World) -> None:
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    with clock.frozen(START):
        for _ in range(2):
            for _ in range(NAME.free - 1):
                sign_in(Visitor(app), name, WRONG, 422)
            sign_in(Visitor(app), name)


def test_another_worker_knows_the_failures(app: Flask, settings: Settings, world: World) -> None:
    """A second application on the same database is what a second worker, or a restart, is."""
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    other = create_app(settings)
    with clock.frozen(START):
        for _ in range(NAME.free - 1):
            sign_in(Visitor(app), name, WRONG, 422)
        db.session.remove()
        with other.app_context():
            sign_in(Visitor(other), name, WRONG, 422)
            sign_in(Visitor(other), name, PASSWORD, 429)
            db.session.remove()
            db.engine.dispose()
        sign_in(Visitor(app), name, PASSWORD, 429)


def test_a_refusal_does_not_take_its_own_count_back(app: Flask, world: World) -> None:
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    for expected in (1, 2, 3):
        sign_in(Visitor(app), name, WRONG, 422)
        assert failures() == expected


def test_a_hall_that_mistypes_once_each_is_let_in(app: Flask, world: World) -> None:
    with UnitOfWork():
        for _ in range(300):
            throttle.count_failure(watched=[watched_address("127.0.0.1", app.config["SECRET_KEY"])])
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    sign_in(Visitor(app), name)


def test_an_address_that_tries_every_name_waits(app: Flask, world: World) -> None:
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    with clock.frozen(START) as hands:
        with UnitOfWork():
            watched = [watched_address("127.0.0.1", app.config["SECRET_KEY"])]
            for _ in range(ADDRESS.free):
                throttle.count_failure(watched=watched)
        sign_in(Visitor(app), name, PASSWORD, 429)
        hands.tick(ADDRESS.longest)
        sign_in(Visitor(app), name)


def test_a_whole_ipv6_network_is_one_address() -> None:
    key = "k" * 32
    one = watched_address("2001:db8:1:2::1", key)
    assert one == watched_address("2001:db8:1:2:ffff::9", key)
    assert one != watched_address("2001:db8:1:3::1", key)
    assert watched_address("::ffff:10.0.0.7", key) == watched_address("10.0.0.7", key)


def test_the_table_names_nobody(app: Flask, world: World) -> None:
    sign_in(Visitor(app), "0912345678", WRONG, 422)
    subjects = db.session.scalars(sa.select(SignInFailure.subject)).all()
    assert len(subjects) == 2
    assert not any("0912345678" in one or "127.0.0.1" in one for one in subjects)


def test_the_own_password_cannot_be_guessed_from_inside_either(app: Flask, world: World) -> None:
    visitor = Visitor(app).sign_in_as(with_password(world.person(Role.LEARNER, world.centre())))
    typed = {"new": "thuyền nan chở nắng", "again": "thuyền nan chở nắng"}
    with clock.frozen(clock.now()):
        for _ in range(NAME.free):
            visitor.post("/password", {"present": WRONG, **typed}, 422)
        visitor.post("/password", {"present": PASSWORD, **typed}, 429)
    assert is_in(visitor)


@pytest.mark.parametrize("failed", range(3))
def test_failures_long_ago_are_forgotten(app: Flask, world: World, failed: int) -> None:
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    with clock.frozen(START) as hands:
        for _ in range(failed + 2):
            sign_in(Visitor(app), name, WRONG, 422)
        hands.tick(throttle.WINDOW)
        sign_in(Visitor(app), name, WRONG, 422)
        assert failures() == 1


def test_housekeeping_drops_what_means_nothing_any_more(app: Flask, world: World) -> None:
    name = code_of(with_password(world.person(Role.LEARNER, world.centre())))
    with clock.frozen(START) as hands:
        sign_in(Visitor(app), "hv99999", WRONG, 422)
        sign_in(Visitor(app), name)
        with UnitOfWork():
            purge()
        assert sessions() == 1
        assert failures() == 1
        hands.tick(timedelta(days=2))
        with UnitOfWork():
            purge()
    assert sessions() == 0
    assert failures() == 0
