"""What holds for the whole suite: which tests belong to the database, and when a skip is a failure."""

import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

# No test depends on how fast the machine is, nor fails one time in a thousand; `--hypothesis-profile=default` explores.
settings.register_profile(
    "lms", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("lms")

DATABASE_FIXTURES = {"session_app", "app"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what uses the database; leave out what needs PostgreSQL where there is none."""
    for item in items:
        if DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under LMS_REQUIRE_BROWSER=1 nothing may be skipped: what is missing has to be installed."""
    report = yield
    if os.environ.get("LMS_REQUIRE_BROWSER") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped where nothing may be: {reason}"
    return report
