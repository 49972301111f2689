"""Jobs: asked for in a transaction, done once, with an end that tells what happened."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from structlog.testing import capture_logs

from lms.core import clock
from lms.core.clock import frozen
from lms.core.db import UnitOfWork, db
from lms.core.errors import Invalid
from lms.core.messages import Message
from lms.jobs import leases, texts
from lms.jobs.context import InterruptedByShutdownError, JobContext, LeaseLostError
from lms.jobs.leases import MAX_TRIES
from lms.jobs.models import Job, JobState, Lease
from lms.jobs.operations import cancel, enqueue
from lms.jobs.registry import duty, job
from lms.jobs.runner import run_pending
from lms.jobs.working import do_job, new_context

pytestmark = pytest.mark.database
LEASE = timedelta(seconds=30)


def ask(kind: str = "test", **payload: Any) -> Job:
    with UnitOfWork():
        return enqueue(kind=kind, payload=payload, actor_id=7)


def leave_mark(name: str) -> None:
    db.session.add(Lease(duty=name, owner="mark", until=clock.now()))


def marks() -> list[str]:
    return list(db.session.scalars(sa.select(Lease.duty).where(Lease.owner == "mark").order_by(Lease.duty)))


def test_a_job_runs_with_its_payload_and_keeps_its_result(app: Flask) -> None:
    @job("test")
    def double(context: JobContext) -> Mapping[str, Any]:
        return {"twice": context.payload["n"] * 2, "for": context.actor_id}

    asked = ask(n=21)
    assert run_pending(app) == 1
    assert (asked.state, asked.result, asked.tries) == (JobState.DONE, {"twice": 42, "for": 7}, 1)
    assert asked.ended_at is not None
    assert run_pending(app) == 0


def test_a_job_that_was_rolled_back_never_runs(app: Flask) -> None:
    enqueue(kind="test", payload={}, actor_id=7)
    db.session.rollback()
    assert run_pending(app) == 0


def test_jobs_are_not_run_inside_a_transaction_that_they_would_wait_for(app: Flask) -> None:
    ask()
    with UnitOfWork(), pytest.raises(RuntimeError, match="commit before"):
        run_pending(app)


def test_a_job_waits_until_it_is_due(app: Flask) -> None:
    job("test")(lambda context: None)
    with frozen(clock.now()) as hands:
        with UnitOfWork():
            enqueue(kind="test", payload={}, actor_id=7, due_at=clock.now() + timedelta(hours=1))
        assert run_pending(app) == 0
        hands.tick(timedelta(hours=1))
        assert run_pending(app) == 1


def test_one_key_is_one_job(app: Flask) -> None:
    with UnitOfWork():
        one = enqueue(kind="test", payload={"n": 1}, actor_id=7, idempotency_key="letter:4")
        assert enqueue(kind="test", payload={"n": 2}, actor_id=7, idempotency_key="letter:4") is one
    with UnitOfWork():
        assert enqueue(kind="test", payload={}, actor_id=7, idempotency_key="letter:4").id == one.id
        assert enqueue(kind="test", payload={}, actor_id=7).id != one.id


def test_the_last_operations_of_a_handler_are_committed_with_its_end(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        with UnitOfWork():
            leave_mark("before")
        db.session.connection(execution_options={"lms_write": True})
        leave_mark("with the end")

    asked = ask()
    run_pending(app)
    assert marks() == ["before", "with the end"]
    assert asked.state is JobState.DONE


def test_a_handler_whose_lease_was_lost_commits_nothing_more(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        other = leases.claim("other", LEASE)
        assert other is not None
        enqueue(kind="later", payload={}, actor_id=None)
        leave_mark("too late")

    asked = ask()
    with frozen(clock.now()) as hands:
        claimed = leases.claim("me", LEASE)
        assert claimed is not None
        hands.tick(LEASE * 2)
        do_job(app, claimed, new_context(claimed))
    assert marks() == []
    assert (asked.state, asked.lease_owner, asked.tries) == (JobState.RUNNING, "other", 2)


def test_a_refusal_ends_the_job_with_its_message_at_once(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        leave_mark_in_operation()
        raise Invalid("Dòng %(row)s thiếu đáp án.", row=3)

    asked = ask()
    run_pending(app)
    assert asked.state is JobState.FAILED
    assert texts.read(asked.message) == Message("Dòng %(row)s thiếu đáp án.", {"row": 3})
    assert asked.result == {"code": "invalid"}
    assert (asked.tries, marks()) == (1, [])


def leave_mark_in_operation() -> None:
    enqueue(kind="never", payload={}, actor_id=None)
    leave_mark("rolled back")


def test_an_error_is_tried_three_times_and_then_has_a_reference_that_stands_in_the_log(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        raise ZeroDivisionError("secret detail")

    asked = ask()
    with frozen(clock.now()) as hands, capture_logs() as logs:
        for _ in range(MAX_TRIES):
            assert asked.state is JobState.QUEUED
            run_pending(app, reraise=False)
            hands.tick(20)
    assert (asked.state, asked.tries) == (JobState.FAILED, 3)
    reference = asked.result["reference"]
    assert texts.read(asked.message).params == {"reference": reference}
    assert "secret" not in asked.message
    assert logs[-1]["reference"] == reference
    assert "secret detail" in logs[-1]["trace"]


def test_in_tests_an_error_of_a_handler_comes_out(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        raise ZeroDivisionError

    ask()
    with pytest.raises(ZeroDivisionError):
        run_pending(app)


def test_a_job_of_an_unknown_kind_fails_in_the_end(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    asked = ask("nobody knows")
    with frozen(clock.now()) as hands:
        for _ in range(MAX_TRIES):
            run_pending(app, reraise=False)
            hands.tick(20)
    assert asked.state is JobState.FAILED


def test_a_job_whose_worker_vanished_is_taken_up_and_given_up_after_three_times(app: Flask) -> None:
    asked = ask()
    with frozen(clock.now()) as hands:
        for number in range(1, MAX_TRIES + 1):
            claimed = leases.claim(f"worker {number}", LEASE)
            assert claimed is not None
            assert claimed.tries == number
            assert leases.claim("early", LEASE) is None
            hands.tick(LEASE + timedelta(seconds=1))
        assert leases.claim("last", LEASE) is None
    db.session.expire_all()
    assert asked.state is JobState.FAILED
    assert "ba lần" in asked.message


def test_progress_is_seen_from_outside_while_the_job_runs(app: Flask) -> None:
    seen = []

    @job("test")
    def work(context: JobContext) -> None:
        context.progress(1, 3, Message("Đang đọc trang %(page)s", {"page": 1}))
        seen.append(_outside(asked_id))

    asked_id = ask().id
    run_pending(app)
    assert seen == [(1, 3, '["Đang đọc trang %(page)s", {"page": 1}]')]


def _outside(number: int) -> tuple[int, int, str]:
    with db.engine.connect() as connection:
        row = connection.execute(
            sa.select(Job.progress, Job.total, Job.message).where(Job.id == number)
        ).one()
    return row[0], row[1], row[2]


def test_progress_is_written_twice_a_second_at_most_and_always_at_the_end(app: Flask) -> None:
    writes: list[str] = []

    @job("test")
    def work(context: JobContext) -> None:
        sa.event.listen(db.engine, "before_cursor_execute", note)
        for n in range(1, 1001):
            context.progress(n, 1000)
        sa.event.remove(db.engine, "before_cursor_execute", note)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("UPDATE"):
            writes.append(statement)

    asked = ask()
    with frozen(clock.now()):
        run_pending(app)
    assert len(writes) == 2
    assert (asked.progress, asked.total) == (1000, 1000)


def test_progress_inside_a_write_transaction_waits_for_nobody(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        with UnitOfWork():
            context.progress(1, 2)
            leave_mark("done")

    ask()
    run_pending(app)
    assert marks() == ["done"]


def test_progress_of_a_lost_job_ends_its_handler(app: Flask) -> None:
    ask()
    with frozen(clock.now()) as hands:
        mine = leases.claim("me", LEASE)
        assert mine is not None
        hands.tick(LEASE * 2)
        assert leases.claim("other", LEASE) is not None
        with pytest.raises(LeaseLostError):
            new_context(mine).progress(1, 2)


def test_a_waiting_job_is_cancelled_at_once(app: Flask) -> None:
    asked = ask()
    with UnitOfWork():
        cancel(job=asked)
    assert asked.state is JobState.CANCELLED
    assert run_pending(app) == 0


def test_a_running_job_is_asked_to_stop_and_rolls_back(app: Flask) -> None:
    @job("test")
    def work(context: JobContext) -> None:
        assert not context.cancelled()
        with UnitOfWork():
            cancel(job=db.session.get_one(Job, asked_id))
        hands.tick(1)
        if context.cancelled():
            leave_mark_in_operation()
            context.stop()
        raise AssertionError

    asked = ask()
    asked_id = asked.id
    with frozen(clock.now()) as hands:
        run_pending(app)
    assert (asked.state, marks()) == (JobState.CANCELLED, [])


def test_a_cancelled_job_that_was_finished_already_stays_done(app: Flask) -> None:
    job("test")(lambda context: None)
    asked = ask()
    run_pending(app)
    with UnitOfWork():
        cancel(job=asked)
    assert (asked.state, asked.cancel_requested) == (JobState.DONE, False)


def test_a_shutdown_puts_the_job_back_and_counts_no_try(app: Flask) -> None:
    stopping = Event()

    @job("test")
    def work(context: JobContext) -> None:
        stopping.set()
        context.progress(1, 2)

    asked = ask()
    claimed = leases.claim("me", LEASE)
    assert claimed is not None
    do_job(app, claimed, new_context(claimed, stopping))
    assert (asked.state, asked.tries) == (JobState.QUEUED, 0)
    with pytest.raises(InterruptedByShutdownError):
        new_context(claimed, stopping).cancelled()


def test_looking_for_work_is_one_statement_when_there_is_none(app: Flask) -> None:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    assert leases.claim("me", LEASE) is None
    sa.event.remove(db.engine, "before_cursor_execute", note)
    assert [text.split()[0] for text in seen if text != "BEGIN"] == ["SELECT"]


def test_a_duty_has_one_holder_until_its_lease_runs_out_or_is_released(app: Flask) -> None:
    with frozen(clock.now()) as hands:
        assert leases.hold_duties(["a", "b"], "one", LEASE) == {"a", "b"}
        assert leases.hold_duties(["a", "b", "c"], "two", LEASE) == {"c"}
        hands.tick(20)
        assert leases.hold_duties(["a", "b"], "one", LEASE) == {"a", "b"}
        hands.tick(20)
        assert leases.hold_duties(["a", "b", "c"], "two", LEASE) == {"c"}
        leases.release_duties("one")
        assert leases.hold_duties(["a", "b", "c"], "two", LEASE) == {"a", "b", "c"}
        hands.tick(31)
        assert leases.hold_duties(["a"], "one", LEASE) == {"a"}


def test_a_duty_that_breaks_is_logged_and_the_others_run(app: Flask) -> None:
    @duty("bad", timedelta(seconds=1))
    def bad() -> None:
        leave_mark_in_operation()
        raise ZeroDivisionError

    @duty("good", timedelta(seconds=1))
    def good() -> None:
        enqueue(kind="found", payload={}, actor_id=None)

    with capture_logs() as logs:
        run_pending(app)
    assert [(line["event"], line["duty"]) for line in logs] == [("duty_failed", "bad")]
    assert [found.kind for found in db.session.scalars(sa.select(Job))] == ["found"]
    assert marks() == []


def test_a_name_is_registered_once() -> None:
    job("a")(lambda context: None)
    duty("d", timedelta(seconds=1))(print)
    duty("d", timedelta(seconds=1))(print)
    with pytest.raises(ValueError, match="two handlers"):
        job("a")(lambda context: None)
    with pytest.raises(ValueError, match="two duties"):
        duty("d", timedelta(seconds=1))(repr)


@pytest.mark.parametrize(
    "message", [Message("Đã xong"), Message("Còn %(n)s câu", {"n": 2}), Message('["lạ", 1]'), Message("")]
)
def test_a_message_comes_back(message: Message) -> None:
    assert texts.read(texts.write(message)) == message
