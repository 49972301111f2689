"""Mass assignment: every form and every JSON body with fields that nobody offered; they change nothing."""

from typing import Any

import pytest
import sqlalchemy as sa

from lms.auth.accounts.models import Account, RoleGrant
from lms.core.db import db
from lms.quizzes.bank.models import Question, QuestionVersion
from lms.quizzes.delivery.models import Attempt, ItemMark, Response
from lms.quizzes.papers.models import Assessment
from lms.results.gradebook.models import Publication, Result
from tests.site.addresses import ROWS
from tests.site.fullworld import ROLES
from tests.site.house import Site
from tests.site.rows import Endpoint
from tests.site.test_routes import address_of, right_roles

CHANGES = sorted(one for one in ROWS if one[1] != "GET")
EVIL = 424242
EXTRA = {
    **dict.fromkeys(
        ("id", "user_id", "account_id", "author_id", "unit_id", "class_id", "bank_id", "assessment_id", "reviewer_id",
         "score", "total", "theory", "practice", "share_numerator", "pass_mark", "number", "seed", "weight"), EVIL),
    "state": "evil-state", "roles": "admin", "is_admin": "1", "public_id": "evil-public-id", "passed": "1",
    "path": "/evil/", "must_change_password": "", "password_hash": "evil-hash", "approved_version_id": EVIL,
    "started_at": "1999-01-01T00:00", "deadline_at": "2099-01-01T00:00", "closed_by": "evil", "created_at": "1999-01-01",
    "released_at": "1999-01-01", "submitted_at": "1999-01-01", "key_": "evil", "account": "evil-account",
}  # fmt: skip
WATCHED = (
    Account,
    RoleGrant,
    Attempt,
    Response,
    ItemMark,
    Result,
    Publication,
    Assessment,
    Question,
    QuestionVersion,
)
GRADED = (Result, ItemMark)


def _rows(model: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in db.session.execute(sa.select(model.__table__))]


@pytest.mark.parametrize("endpoint", CHANGES, ids="-".join)
def test_extra_fields_are_ignored(site: Site, endpoint: Endpoint) -> None:
    """No watched row takes one of the values, no mark appears that the request doesn't stand for."""
    row = ROWS[endpoint]
    role = right_roles(site, endpoint)[0]
    visitor = site.visitor(role)
    site.forget_limits()
    before = {model: len(_rows(model)) for model in GRADED}
    db.session.rollback()
    options = row.options(site.houses[0], visitor.csrf)
    part = "json" if row.json else "data"
    options[part] = {**EXTRA, **options[part]}
    response = visitor.send(endpoint[1], address_of(site, endpoint, row), **options)
    try:
        assert response.status_code < 500
        for model in WATCHED:
            for one in _rows(model):
                taken = {
                    name: value
                    for name, value in one.items()
                    if value == EVIL or "evil" in str(value).lower()
                }
                assert not taken, f"{model.__tablename__} took {taken}"
        if endpoint[0] not in {"delivery.finish", "practice.finish", "delivery.close_attempt"}:
            assert {model: len(_rows(model)) for model in GRADED} == before
    finally:
        site.restore()


@pytest.mark.parametrize("role", ROLES)
def test_nobody_becomes_more_than_before(site: Site, role: str) -> None:
    """The own account's forms, with a role added, leave the roles as they are."""
    visitor, account = site.visitor(role), site.houses[0]["account." + role]
    before = _rows(RoleGrant)
    db.session.rollback()
    for url in ("/password", "/language", "/account/browsers/end"):
        visitor.send(
            "POST",
            url,
            data={"csrf_token": visitor.csrf, "role": "admin", "role-role": "admin", "account": account},
        )
    assert _rows(RoleGrant) == before
    site.restore()
