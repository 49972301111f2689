"""An answer is saved: nothing acknowledged is lost, nothing stale or strange gets in."""

import json
import threading
from contextvars import Context
from datetime import timedelta
from itertools import permutations

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.access.models import SignInSession
from lms.auth.accounts.models import AccountState
from lms.core import clock
from lms.core.db import UnitOfWork, db
from lms.quizzes.delivery.models import Attempt, Response
from lms.quizzes.delivery.queries.attempts import standings
from tests.counting import counted
from tests.quizzes.delivery.conftest import Sitting, save
from tests.visitor import Visitor


def stored() -> dict[int, tuple[int, object]]:
    db.session.rollback()
    attempt = db.session.scalars(sa.select(Attempt)).one()
    return {slot: (one.revision, one.answer) for slot, one in standings(attempt.id).items()}


def test_an_answer_is_acknowledged_and_there_after_a_reload(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    reply = visitor.post_json(f"{address}/answers", save(2, 1, "c"))
    assert (reply["slot"], reply["revision"]) == (2, 1)
    page = visitor.page(address)
    checked = page.xpath('//section[@data-slot="2"]//input[@checked]/@value')
    assert checked == ["c"]


def test_a_save_takes_one_statement(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(1, 1))
    with counted() as statements:
        visitor.post_json(f"{address}/answers", save(1, 2))
    assert len(statements) == 1, statements


def test_a_repeated_send_is_acknowledged_again_and_changes_nothing(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    first = visitor.post_json(f"{address}/answers", save(1, 1, "a", key="same"))
    again = visitor.post_json(f"{address}/answers", save(1, 1, "a", key="same"))
    assert first["saved_at"] == again["saved_at"]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Response)) == 1


def test_a_stale_save_is_refused_with_what_is_stored(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(1, 1, "a"))
    reply = visitor.post_json(f"{address}/answers", save(1, 1, "d", client="tab-2"), 409)
    assert reply["error"] == "stale"
    assert reply["stored"]["answer"] == "a"
    assert stored() == {1: (1, "a")}


def test_another_tab_may_not_overwrite_what_it_never_saw(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(1, 1, "a"))
    visitor.post_json(f"{address}/answers", save(1, 7, "d", base=0, client="tab-2"), 409)
    visitor.post_json(f"{address}/answers", save(1, 7, "d", base=1, client="tab-2"))
    assert stored() == {1: (7, "d")}


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_the_order_of_arrival_does_not_matter(sitting: Sitting, order: tuple[int, ...]) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    for revision in order:
        response = visitor.client.post(
            f"{address}/answers",
            json=save(1, revision, "abcd"[revision], base=0),
            headers={"X-CSRFToken": visitor.csrf},
        )
        assert response.status_code in {200, 409}
    assert stored() == {1: (3, "d")}


def test_after_the_deadline_and_grace_nothing_is_taken(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    with clock.frozen(clock.now()) as hands:
        address = sitting.start(visitor)
        hands.tick(timedelta(minutes=30, seconds=9))
        visitor.post_json(f"{address}/answers", save(1, 1, "a"))
        hands.tick(timedelta(seconds=2))
        reply = visitor.post_json(f"{address}/answers", save(1, 2, "b"), 410)
    assert reply["error"] == "closed"
    assert stored() == {1: (1, "a")}


def test_after_handing_in_nothing_is_taken(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(1, 1, "a"))
    visitor.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"})
    visitor.post_json(f"{address}/answers", save(1, 2, "b"), 410)
    assert stored() == {1: (1, "a")}


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        "text",
        {},
        {**save(), "slot": 0},
        {**save(), "slot": 99},
        {**save(), "slot": "1"},
        {**save(), "slot": True},
        {**save(), "revision": 0},
        {**save(), "revision": -3},
        {**save(), "revision": 2**40},
        {**save(), "base": -1},
        {**save(), "key": ""},
        {**save(), "key": "k" * 65},
        {**save(), "client": "c" * 65},
        {**save(), "client": 5},
        {**save(), "key": "a\x00b"},
        {**save(), "key": "a\ud800b"},
        {**save(), "client": "a\x00b"},
        {**save(), "client": "a\ud800b"},
        {**save(), "answer": "z"},
        {**save(), "answer": ["a"]},
        {**save(), "answer": {"a": True}},
        {**save(), "answer": 7},
        {**save(), "answer": "a" * 100_000},
    ],
)
def test_what_no_form_of_ours_sends_is_refused(sitting: Sitting, bad: object) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", bad, 422)
    assert stored() == {}


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 20_000,
        b'{"slot": 1, "deep": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"slot": ' + b"9" * 5_000 + b"}",
        json.dumps(save(answer="a" * 2_000_000)).encode(),
    ],
    ids=["unclosed", "deep", "digits", "long"],
)
def test_a_body_made_to_hurt_is_refused_for_good(sitting: Sitting, body: bytes) -> None:
    """Neither 413 nor 500: the page would send it again and again, and everything behind it would wait."""
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    response = visitor.send(
        "POST",
        f"{address}/answers",
        data=body,
        content_type="application/json",
        headers={"X-CSRFToken": visitor.csrf},
    )
    assert response.status_code == 422
    assert stored() == {}


def test_a_flag_and_a_cleared_answer_are_kept_too(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitor.post_json(f"{address}/answers", save(1, 1, "a", flagged=True))
    visitor.post_json(f"{address}/answers", save(1, 2, None, flagged=True))
    page = visitor.page(address)
    assert page.xpath('//section[@data-slot="1"]//input[@name="flag-1" and @checked]')
    assert not page.xpath('//section[@data-slot="1"]//input[@data-answer and @checked]')


def test_many_saves_of_one_revision_keep_the_first_and_tell_the_rest(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    visitors = [sitting.visitor() for _ in range(12)]
    db.session.rollback()
    barrier, statuses = threading.Barrier(len(visitors)), []

    def send(number: int, one: Visitor) -> None:
        barrier.wait()
        response = one.client.post(
            f"{address}/answers",
            json=save(1, 1, "abcd"[number % 4], key=f"k{number}", client=f"tab-{number}"),
            headers={"X-CSRFToken": one.csrf},
        )
        statuses.append(response.status_code)

    threads = [
        threading.Thread(target=Context().run, args=(send, number, one))
        for number, one in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * (len(visitors) - 1)


def test_a_stranger_may_not(sitting: Sitting, stranger: Visitor) -> None:
    address = sitting.start(sitting.visitor())
    assert stranger.post_json(f"{address}/answers", save(), 401)["error"] == "signed_out"
    classmate = sitting.world.learner(sitting.centre, sitting.course_class)
    sitting.visitor(classmate).post_json(f"{address}/answers", save(), 404)
    sitting.visitor(sitting.lecturer).post_json(f"{address}/answers", save(), 404)
    sitting.visitor().post_json("/attempts/0000000000000000/answers", save(), 404)
    assert stored() == {}


def test_a_suspended_learner_is_out_at_once(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    with UnitOfWork():
        sitting.learner.state = AccountState.SUSPENDED
    visitor.post_json(f"{address}/answers", save(), 401)
    assert stored() == {}


def test_with_a_one_time_password_the_page_waits_and_then_goes_on(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    with UnitOfWork():
        sitting.learner.must_change_password = True
    assert visitor.post_json(f"{address}/answers", save(), 401)["error"] == "must_change_password"
    assert stored() == {}
    with UnitOfWork():
        sitting.learner.must_change_password = False
    visitor.post_json(f"{address}/answers", save())
    assert stored() == {1: (1, "b")}


def test_a_lapsed_session_saves_nothing(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    with UnitOfWork():
        db.session.execute(sa.update(SignInSession).values(expires_at=clock.now()))
    assert visitor.post_json(f"{address}/answers", save(), 401)["error"] == "signed_out"
    assert stored() == {}


def test_without_the_csrf_token_nothing_is_taken(sitting: Sitting, app: Flask) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    response = visitor.client.post(f"{address}/answers", json=save())
    assert response.status_code == 400
    assert stored() == {}
