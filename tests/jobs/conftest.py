"""A registry of the test's own, so that no other room's jobs and duties run along."""

from collections.abc import Iterator

import pytest

from lms.jobs import registry


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    handlers, duties = dict(registry.handlers), dict(registry.duties)
    registry.handlers.clear()
    registry.duties.clear()
    yield
    registry.handlers.clear()
    registry.handlers.update(handlers)
    registry.duties.clear()
    registry.duties.update(duties)
