"""The learner's addresses in any order, with the clock moved between them: what must hold after every step."""

import json
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lms.core import clock
from lms.core.db import db
from lms.jobs.registry import duties
from lms.quizzes.delivery.models import Attempt, AttemptState, ItemMark, Response
from lms.results.gradebook.models import Publication
from tests.site.fullworld import KEPT
from tests.site.house import Site

SLOTS = st.integers(1, 6)
NAMES = ("open", "ready", "over", "practice")
names = st.sampled_from(NAMES)


class Sitting(RuleBasedStateMachine):
    """A learner with four assessments and no patience."""

    site: Site

    @initialize()
    def begin(self) -> None:
        self.site.restore()
        self.learner = self.site.visitor("learner")
        self.house = self.site.houses[0]
        self.account = self.site.account("learner").id
        self.closed: dict[int, str] = {}
        self.revision = 10
        self._time = clock.frozen(clock.now())
        self.hands = self._time.__enter__()
        self._note_closed()

    def teardown(self) -> None:
        if hasattr(self, "_time"):
            self._time.__exit__(None, None, None)

    def _attempt(self, name: str) -> Attempt | None:
        key = self.house[f"assessment.{name}"]
        found = [one for one in self._attempts() if one.assessment.public_id == key]
        return found[-1] if found else None

    def _attempts(self) -> list[Attempt]:
        db.session.rollback()
        return list(
            db.session.scalars(
                sa.select(Attempt).where(Attempt.account_id == self.account).order_by(Attempt.id)
            )
        )

    def _send(
        self, method: str, url: str, data: dict[str, Any] | None = None, *, as_json: bool = False
    ) -> Any:
        self.site.forget_limits()
        options: dict[str, Any] = {}
        if method == "POST" and as_json:
            options = {"json": data or {}, "headers": {"X-CSRFToken": self.learner.csrf}}
        elif method == "POST":
            options = {"data": {"csrf_token": self.learner.csrf, **(data or {})}}
        response = self.learner.send(method, url, **options)
        assert response.status_code < 500, f"{method} {url}: {response.status_code}"
        return response

    @rule(name=names)
    def start(self, name: str) -> None:
        self._send("POST", f"/assessments/{self.house[f'assessment.{name}']}/start")

    @rule(name=names, page=st.sampled_from(["", "/finish", "/result"]))
    def look(self, name: str, page: str) -> None:
        attempt = self._attempt(name)
        if attempt is not None:
            published = db.session.get(Publication, attempt.assessment_id) is not None
            practice = name == "practice"
            text = self._send("GET", f"/attempts/{attempt.public_id}{page}").text
            assert published or practice or "7,77" not in text
            assert KEPT not in text

    @rule(name=names, slot=SLOTS, late=st.booleans())
    def save(self, name: str, slot: int, late: bool) -> None:
        attempt = self._attempt(name)
        if attempt is None:
            return
        if late and attempt.deadline_at is not None and attempt.state is AttemptState.IN_PROGRESS:
            self.hands.move_to(max(clock.now(), attempt.deadline_at + timedelta(seconds=11)))
        self.revision += 1
        sent = {
            "slot": slot,
            "revision": self.revision,
            "base": self.revision - 1,
            "key": f"k{self.revision}",
            "client": "t",
        }
        ends, running = attempt.deadline_at, attempt.state is AttemptState.IN_PROGRESS
        public_id = attempt.public_id
        reply = self._send(
            "POST", f"/attempts/{public_id}/answers", {**sent, "answer": None, "flagged": True}, as_json=True
        )
        over = not running or (ends is not None and ends + timedelta(seconds=10) <= clock.now())
        if name == "practice":  # the first answer counts, since its feedback tells the right one
            assert reply.status_code == 422
            return
        assert reply.status_code == (410 if over else 200), reply.text

    @rule(name=names)
    def heartbeat(self, name: str) -> None:
        attempt = self._attempt(name)
        if attempt is not None:
            self._send("POST", f"/attempts/{attempt.public_id}/heartbeat", as_json=True)

    @rule(name=names, intent=st.sampled_from(["", "hand_in", "time_up"]))
    def finish(self, name: str, intent: str) -> None:
        attempt = self._attempt(name)
        if attempt is not None:
            self._send("POST", f"/attempts/{attempt.public_id}/finish", {"confirmed": "1", "intent": intent})

    @rule(slot=SLOTS, value=st.sampled_from(["a", "b", "T", "7", "", "z"]))
    def practise(self, slot: int, value: str) -> None:
        attempt = self._attempt("practice")
        if attempt is not None:
            self._send("POST", f"/practice/{attempt.public_id}/{slot}", {f"answer-{slot}": value})

    @rule(name=names)
    def end_practice(self, name: str) -> None:
        attempt = self._attempt(name)
        if attempt is not None:
            self._send("POST", f"/practice/{attempt.public_id}/finish")

    @precondition(lambda self: hasattr(self, "hands"))
    @rule(minutes=st.sampled_from([0.1, 1, 29, 31, 200]))
    def wait(self, minutes: float) -> None:
        self.hands.tick(timedelta(minutes=minutes))

    @rule()
    def let_the_server_close(self) -> None:
        duty = next((one for name, one in duties.items() if "close" in name), None)
        if duty is not None:
            duty.run()
            db.session.rollback()

    def _note_closed(self) -> None:
        for attempt in self._attempts():
            if attempt.state is AttemptState.CLOSED:
                self.closed.setdefault(attempt.id, self._frozen_record(attempt))

    @staticmethod
    def _frozen_record(attempt: Attempt) -> str:
        """Everything of a closed attempt that must never change."""
        own = [getattr(attempt, column.key) for column in Attempt.__table__.columns]
        rows = [
            sorted(
                map(
                    repr, db.session.execute(sa.select(model.__table__).where(model.attempt_id == attempt.id))
                )
            )
            for model in (Response, ItemMark)
        ]
        return json.dumps([own, rows], default=str)

    @invariant()
    def closed_attempts_never_change(self) -> None:
        if not hasattr(self, "closed"):
            return
        for attempt in self._attempts():
            if attempt.id in self.closed:
                assert self._frozen_record(attempt) == self.closed[attempt.id]
        self._note_closed()

    @invariant()
    def practice_keeps_the_first_answer(self) -> None:
        if not hasattr(self, "closed"):
            return
        key = self.house["assessment.practice"]
        begun = [one.id for one in self._attempts() if one.assessment.public_id == key]
        revisions = db.session.scalars(sa.select(Response.revision).where(Response.attempt_id.in_(begun)))
        assert set(revisions) == {1}  # the first attempt was answered before the walk; later ones may be new

    @invariant()
    def one_in_progress_at_most(self) -> None:
        if not hasattr(self, "closed"):
            return
        running = [one.assessment_id for one in self._attempts() if one.state is AttemptState.IN_PROGRESS]
        assert len(running) == len(set(running))
        for one in self._attempts():
            allowed = one.assessment.attempts_allowed
            assert allowed == 0 or one.number <= allowed


def test_no_order_of_requests_breaks_an_attempt(site: Site) -> None:
    machine = type("Sitting", (Sitting,), {"site": site})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25, stateful_step_count=15, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    site.restore()
