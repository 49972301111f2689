"""One Chromium and one real server a worker; a browser of one's own for every person of a story."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from lms.auth.access.models import SignInSession
from lms.auth.access.sessions import PLAIN_NAME, new_token, token_hash
from lms.auth.accounts.models import Account
from lms.config import Mode, Settings
from lms.core import clock
from lms.core.db import UnitOfWork, db, prepare_sqlite
from lms.web.build import build
from scripts.live_server import LiveServer, demo_server
from tests.browser.people import DESK, PHONE, Person
from tests.browser.sittings import Sitting, sitting
from tests.world import World

GRACE = 3
"""Seconds of transport grace on the tests' server, so that ends of time are short to wait for."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and {"chromium", "server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
            item.add_marker("slow")


@pytest.fixture(scope="session")
def server(chromium: Browser) -> Iterator[LiveServer]:
    """The real application under gunicorn with its runner, serving a demo centre that this worker's tests share."""
    build()
    with demo_server(LMS_GRACE_SECONDS=str(GRACE)) as live:
        yield live


@dataclass
class Site:
    """The running server, and its database opened beside it."""

    server: LiveServer
    world: World


@pytest.fixture(scope="session")
def beside(server: LiveServer) -> Iterator[tuple[Flask, World]]:
    """The server's database without the server's application: settings of the process stay untouched."""
    settings = Settings(
        mode=Mode.TESTING, instance=server.instance, database_url=f"sqlite:///{server.database}"
    )
    app = Flask("beside", instance_path=str(server.instance))
    app.config.update(LMS=settings, SQLALCHEMY_DATABASE_URI=settings.database_url)
    db.init_app(app)
    with app.app_context():
        prepare_sqlite(db.engine, settings.lock_path)
    yield app, World()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(server: LiveServer, beside: tuple[Flask, World]) -> Iterator[Site]:
    """Makes people and things for one story in the running server's database."""
    app, world = beside
    with app.app_context():
        yield Site(server, world)
        db.session.rollback()


Seat = Callable[..., Person]
SEATED = pytest.StashKey[list[Person]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A story that failed says what its people's browsers still waited for, and what they complained of."""
    report = yield
    if report.when == "call" and report.failed:
        for person in item.stash.get(SEATED, []):
            said = [*person.complaints, *(f"unanswered: {one}" for one in person.unanswered)]
            report.sections.append((f"Browser at {person.page.url}", "\n".join(said) or "nothing"))
    return report


@pytest.fixture
def seat(request: pytest.FixtureRequest, chromium: Browser, server: LiveServer) -> Iterator[Seat]:
    """Puts somebody before a screen: ``seat(account, size=PHONE)``; signed in where an account is given."""
    people = request.node.stash.setdefault(SEATED, [])

    def sit(
        account: Account | None = None,
        *,
        size: tuple[int, int] = DESK,
        scripts: bool = True,
        dark: bool = False,
    ) -> Person:
        person = Person(chromium, server.address, size=size, scripts=scripts, dark=dark)
        if account is not None:
            person.context.add_cookies(
                [{"name": PLAIN_NAME, "value": open_session(account), "url": server.address}]
            )
        people.append(person)
        return person

    yield sit
    complaints = [complaint for person in people for complaint in person.complaints]
    for person in people:
        person.context.close()
    assert complaints == []


@pytest.fixture
def phone(seat: Seat) -> Seat:
    """The same, 360 px wide."""

    def sit(account: Account | None = None, **options: bool) -> Person:
        return seat(account, size=PHONE, **options)

    return sit


def open_session(account: Account) -> str:
    """The token of a fresh session of ``account``."""
    token = new_token()
    moment = clock.now()
    with UnitOfWork():
        db.session.add(
            SignInSession(
                token_hash=token_hash(token),
                account_id=account.id,
                created_at=moment,
                expires_at=moment.replace(year=moment.year + 1),
            )
        )
    return token


@pytest.fixture
def told(site: Site) -> Sitting:
    return sitting(site.world)


@pytest.fixture
def learner(told: Sitting, phone: Seat) -> Person:
    return phone(told.learner)


@pytest.fixture
def page(told: Sitting, learner: Person) -> Page:
    """The paper, begun and still empty."""
    told.start(learner.page)
    return learner.page
