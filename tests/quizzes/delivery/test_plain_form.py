"""A browser without scripts: the whole paper is one form."""

from typing import Any

import sqlalchemy as sa

from lms.core.db import db
from lms.quizzes.delivery.models import Attempt, AttemptState
from lms.quizzes.delivery.queries.attempts import standings
from tests.quizzes.delivery.conftest import Sitting, save
from tests.visitor import Visitor


def stored() -> dict[int, Any]:
    db.session.rollback()
    attempt = db.session.scalars(sa.select(Attempt)).one()
    return {slot: one.answer for slot, one in standings(attempt.id).items()}


def fields(visitor: Visitor, address: str) -> dict[str, str]:
    """What the form would post as it was delivered."""
    page = visitor.page(address)
    form = page.xpath("//form[@data-exam]")[0]
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input[@type='hidden'][@name]")}
    for one in form.xpath(".//input[@checked][@name]"):
        sent[one.get("name")] = one.get("value")
    return sent


def test_saving_and_coming_back(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    form = fields(visitor, address) | {"answer-1": "c", "answer-3": "a", "flag-2": "1", "intent": "save"}
    visitor.post(f"{address}/finish", form)
    assert stored() == {1: "c", 2: None, 3: "a"}
    again = fields(visitor, address)
    assert (again["answer-1"], again["answer-3"], again["flag-2"]) == ("c", "a", "1")


def test_handing_in_asks_once_and_saves_first(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    form = fields(visitor, address) | {"answer-1": "c", "intent": "hand_in"}
    response = visitor.post(f"{address}/finish", form)
    assert response.headers["Location"].endswith("/finish")
    assert stored() == {1: "c"}
    assert db.session.scalars(sa.select(Attempt)).one().state is AttemptState.IN_PROGRESS
    visitor.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"})
    assert db.session.scalars(sa.select(Attempt)).one().state is AttemptState.CLOSED


def test_a_conflict_shows_both_and_keeps_what_is_stored(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    form = fields(visitor, address)
    visitor.post_json(f"{address}/answers", save(1, 1, "a"))
    response = visitor.post(
        f"{address}/finish", form | {"answer-1": "d", "answer-2": "b", "intent": "save"}, status=200
    )
    text = response.get_data(as_text=True)
    assert "Phương án a" in text
    assert "Phương án d" in text
    assert stored() == {1: "a", 2: "b"}


def test_after_the_close_the_page_says_so(sitting: Sitting) -> None:
    visitor = sitting.visitor()
    address = sitting.start(visitor)
    form = fields(visitor, address) | {"answer-1": "c", "intent": "save"}
    visitor.post(f"{address}/finish", {"intent": "hand_in", "confirmed": "1"})
    visitor.post(f"{address}/finish", form)
    assert stored() == {}
    assert "không được lưu" in visitor.get(address).get_data(as_text=True)
