"""The demo centre as its people find it: every page that they can reach opens."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.auth.accounts.models import Account, SignInName
from lms.core.db import db
from lms.quizzes.bank.models import Question
from tests.site.crawling import crawl
from tests.visitor import Visitor

PEOPLE = ("GV01", "GV03", "NV01", "DV01", "TM01", "HV26001", "HV26043")


@pytest.mark.slow
def test_everybody_of_the_demo_finds_pages_that_open(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["demo", "load"])
    assert done.exit_code == 0, done.output
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Question)) == 120
    site = cast("Any", SimpleNamespace(app=app, forget_limits=lambda: None))
    broken = []
    for code in PEOPLE:
        account = db.session.scalars(
            sa.select(Account).join(Account.names).where(SignInName.value == code.lower())
        ).one()
        found = crawl(site, Visitor(app).sign_in_as(account), check=False)
        assert len(found.pages) >= 8, code
        broken += [
            f"{code}: {page.response.status_code} {page.url}, linked on {page.seen_on}"
            for page in found.pages
            if page.response.status_code >= 400
        ]
    assert not broken
