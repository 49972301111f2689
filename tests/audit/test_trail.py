"""The trail: written with what it describes, chained, and telling when somebody mended it."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.audit import operations, queries
from lms.audit.models import AuditEvent, AuditSeal
from lms.audit.queries import Break, Problem
from lms.core import clock
from lms.core.actor import Actor, nobody
from lms.core.clock import Frozen, frozen
from lms.core.db import UnitOfWork, begin_write, db
from lms.jobs.operations import enqueue

pytestmark = pytest.mark.database
AN = Actor(id=7, public_id="p7", full_name="Nguyễn Văn An", unit_id=1, grants=())
MORNING = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def hands(app: Flask) -> Iterator[Frozen]:
    with frozen(MORNING) as hands:
        yield hands


def write(subject: tuple[str, int] = ("thing", 1), **data: Any) -> None:
    with UnitOfWork():
        operations.record(actor=AN, action="changed", subject=subject, data=data)


def tamper(statement: sa.Executable) -> None:
    with UnitOfWork():
        db.session.execute(statement)


def statements(engine: sa.Engine) -> list[str]:
    seen: list[str] = []
    sa.event.listen(
        engine, "before_cursor_execute", lambda _c, _cur, text, *_: seen.append(text.split()[0].upper())
    )
    return seen


def test_an_event_says_who_did_what_to_whom_and_when(app: Flask) -> None:
    with UnitOfWork():
        job = enqueue(kind="x", payload={}, actor_id=7)
        operations.record(actor=AN, action="asked", subject=job, data={"mark": Fraction(1, 3), "at": MORNING})
    [event] = queries.trail("job", job.id)
    assert (event.actor_id, event.actor_name, event.action) == (7, "Nguyễn Văn An", "asked")
    assert event.data == {"mark": "1/3", "at": "2026-11-22T03:00:00+00:00"}
    assert abs(event.at - clock.now()) < timedelta(minutes=1)


def test_the_software_and_a_stranger_are_told_apart(app: Flask) -> None:
    with UnitOfWork():
        operations.record(actor=nobody(), action="closed", subject=("thing", 1))
        operations.record(actor=None, action="sign_in_failed", subject=("thing", 1))
    assert [event.actor_id for event in queries.trail("thing", 1)] == [None, 0]


def test_an_event_goes_with_the_transaction_it_describes(app: Flask) -> None:
    begin_write()
    operations.record(actor=AN, action="a", subject=("thing", 1))
    assert len(queries.trail("thing", 1)) == 1
    db.session.rollback()
    assert queries.trail("thing", 1) == []


def test_an_event_without_a_transaction_is_refused(app: Flask) -> None:
    with pytest.raises(RuntimeError, match="joins the transaction"):
        operations.record(actor=AN, action="a", subject=("thing", 1))


@pytest.mark.parametrize("value", [1.5, float("nan"), object(), b"bytes"])
def test_what_is_not_plain_data_is_refused(app: Flask, value: object) -> None:
    with UnitOfWork(), pytest.raises(TypeError, match="audit trail"):
        operations.record(actor=AN, action="a", subject=("thing", 1), data={"x": value})


def test_a_record_costs_two_statements_and_many_cost_no_more(app: Flask) -> None:
    lock = int(db.engine.dialect.name == "postgresql")
    with UnitOfWork():
        seen = statements(db.engine)
        operations.record(actor=AN, action="a", subject=("thing", 1))
        db.session.flush()
        assert len(seen) == 2 + lock
    write()
    with UnitOfWork():
        seen.clear()
        operations.record_many(actor=AN, action="a", entries=[(("thing", n), None) for n in range(1, 101)])
        db.session.flush()
        assert seen.count("SELECT") == 1 + 100 * lock
    assert queries.heads([("thing", 1), ("thing", 100)])["thing", 1][0] == 3
    assert queries.verify() == []


def test_one_subject_twice_in_one_call_is_chained(app: Flask) -> None:
    with UnitOfWork():
        operations.record_many(
            actor=AN, action="a", entries=[(("thing", 1), {"n": 1}), (("thing", 1), {"n": 2})]
        )
    assert [event.position for event in queries.trail("thing", 1)] == [2, 1]
    assert queries.verify(("thing", 1)) == []


def test_the_trail_is_read_newest_first_page_by_page(app: Flask) -> None:
    for n in range(5):
        write(n=n)
    first = queries.trail("thing", 1, limit=2)
    assert [event.data["n"] for event in first] == [4, 3]
    assert [event.data["n"] for event in queries.trail("thing", 1, limit=2, before=first[-1].position)] == [
        2,
        1,
    ]


def test_an_untouched_trail_has_no_break(app: Flask) -> None:
    write(text="Đã đổi “tên”", n=3, nested={"b": [1, None, True], "a": "\u2028"})
    write(n=2)
    write(("other", 1), n=1)
    assert queries.verify() == []


@pytest.mark.parametrize(
    "values",
    [
        {"action": "else"},
        {"actor_id": 8},
        {"actor_name": "Người khác"},
        {"data": {"n": 99}},
        {"at": MORNING},
        {"digest": "0" * 64},
    ],
)
def test_a_change_of_any_column_shows(app: Flask, values: dict[str, Any]) -> None:
    for n in range(3):
        write(n=n)
    tamper(sa.update(AuditEvent).where(AuditEvent.position == 2).values(values))
    assert Break(Problem.CHANGED, "thing", 1, "2") in queries.verify(("thing", 1)) or "digest" in values
    assert queries.verify() != []


def test_a_removed_event_shows(app: Flask) -> None:
    for n in range(3):
        write(n=n)
    tamper(sa.delete(AuditEvent).where(AuditEvent.position == 2))
    assert queries.verify() == [Break(Problem.MISSING, "thing", 1, "2")]


def test_events_moved_to_another_subject_show(app: Flask) -> None:
    write(n=1)
    tamper(sa.update(AuditEvent).values(subject_id=2))
    assert queries.verify() == [Break(Problem.CHANGED, "thing", 2, "1")]


def test_two_threads_on_one_subject_leave_one_whole_chain(app: Flask) -> None:
    barrier = threading.Barrier(4)
    errors: list[BaseException] = []

    def work(number: int) -> None:
        with app.app_context():
            barrier.wait()
            try:
                for n in range(12):
                    write(thread=number, n=n)
            except BaseException as error:  # noqa: BLE001  (told below)
                errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert [event.position for event in queries.trail("thing", 1)] == list(range(48, 0, -1))
    assert queries.verify() == []


def test_past_days_are_sealed_once_and_empty_days_too(hands: Frozen) -> None:
    write()
    write()
    hands.tick(timedelta(days=2))
    write()
    hands.move_to(datetime(2026, 11, 25, 0, 30, tzinfo=UTC))
    with UnitOfWork():
        assert [(seal.day, seal.events) for seal in operations.seal_past_days()] == [
            ("2026-11-22", 2),
            ("2026-11-23", 0),
        ]
    hands.tick(timedelta(hours=1))
    with UnitOfWork():
        assert [(seal.day, seal.events) for seal in operations.seal_past_days()] == [("2026-11-24", 1)]
        assert operations.seal_past_days() == []
    assert queries.verify() == []


def test_nothing_is_sealed_before_the_first_event(hands: Frozen) -> None:
    with UnitOfWork():
        assert operations.seal_past_days() == []


def test_a_day_that_is_not_over_is_not_sealed(hands: Frozen) -> None:
    with UnitOfWork(), pytest.raises(ValueError, match="isn't over"):
        operations.seal_day(day=date(2026, 11, 22))


def test_an_event_cut_from_the_end_of_its_chain_shows_in_the_seal(hands: Frozen) -> None:
    write(n=1)
    write(n=2)
    _seal_later(hands)
    tamper(sa.delete(AuditEvent).where(AuditEvent.position == 2))
    assert queries.verify() == [Break(Problem.SEAL_BROKEN, "day", 0, "2026-11-22")]


def test_a_day_removed_with_its_seal_shows(hands: Frozen) -> None:
    for _ in range(3):
        write()
        hands.tick(timedelta(days=1))
    _seal_later(hands)
    tamper(sa.delete(AuditSeal).where(AuditSeal.day == "2026-11-23"))
    problems = {(found.problem, found.where) for found in queries.verify()}
    assert (Problem.SEAL_MISSING, "2026-11-23") in problems
    assert (Problem.SEAL_BROKEN, "2026-11-24") in problems


def _seal_later(hands: Frozen) -> None:
    hands.tick(timedelta(days=2))
    with UnitOfWork():
        operations.seal_past_days()
    assert queries.verify() == []
