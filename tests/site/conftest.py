"""The full world, built once a process and put back for every module, and after every test that changes it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lms.config import Settings
from tests.conftest import _empty
from tests.site.house import Site


@pytest.fixture(scope="session")
def built_site(session_app: Flask, settings: Settings) -> Site:
    with session_app.app_context():
        _empty(settings)
    with session_app.app_context():
        return Site(session_app, settings)


@pytest.fixture(scope="module")
def site(built_site: Site) -> Iterator[Site]:
    """Both centres and a browser for every person; a test that changes something calls ``site.restore()``."""
    with built_site.app.app_context():
        built_site.restore()
        yield built_site
