"""axe finds nothing serious on the pages that people use most, on a phone and at a desk."""

from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page

from lms.auth.accounts.models import Account, SignInName
from lms.core.db import db
from lms.quizzes.papers.models import Assessment
from lms.web.build import MODULES
from tests.browser.conftest import Seat, Site
from tests.browser.people import DESK, PHONE
from tests.browser.sittings import Sitting, all_saved, choose

GRAVE = {"serious", "critical"}
FINISHED = "Kiểm tra cuối khóa nghiệp vụ công tác đảng"
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def faults(page: Page) -> list[str]:
    """What axe calls serious or critical, with the first place of each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text())
    found: list[dict[str, Any]] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")[
        "violations"
    ]
    return [
        f"{page.url}: {one['id']} {one['nodes'][0]['target']} ({len(one['nodes'])} places)"
        for one in found
        if one["impact"] in GRAVE
    ]


def somebody(code: str) -> Account:
    """An account of the demo centre."""
    return db.session.scalars(
        sa.select(Account).join(SignInName).where(SignInName.value == code.lower())
    ).one()


@SIZES
def test_the_door(seat: Seat, size: tuple[int, int]) -> None:
    page = seat(size=size).page
    page.goto("/sign-in")
    assert faults(page) == []


@SIZES
def test_a_learners_pages(told: Sitting, seat: Seat, size: tuple[int, int]) -> None:
    page = seat(told.learner, size=size).page
    page.goto("/")
    found = faults(page)
    page.goto(told.front)
    found += faults(page)
    told.start(page)
    choose(page, told.choices[0], "a")
    all_saved(page)
    found += faults(page)
    page.get_by_role("button", name="Tổng quan").click()
    found += faults(page)
    page.locator("#overview").get_by_role("button", name="Nộp bài").click()
    found += faults(page)
    assert found == []


@SIZES
@pytest.mark.parametrize(
    ("code", "paths"),
    [
        ("GV03", ["/", "/bank", "/papers", "/papers/new?kind=final_test", "/results", "/results/{finished}"]),
        ("NV01", ["/sessions", "/sessions/{finished}", "/accounts", "/units"]),
    ],
)
def test_a_desks_pages(site: Site, seat: Seat, size: tuple[int, int], code: str, paths: list[str]) -> None:
    finished = db.session.scalars(sa.select(Assessment).where(Assessment.title == FINISHED)).one().public_id
    page = seat(somebody(code), size=size).page
    found = []
    for path in paths:
        page.goto(path.format(finished=finished))
        found += faults(page)
    assert found == []
