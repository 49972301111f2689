"""How often one person may ask for something costly."""

import os

import pytest
from flask import Flask

from lms.config import Settings
from lms.core.errors import TooMany
from lms.web.limits import hit, init_limits


def ask(app: Flask, who: str, times: int) -> None:
    with app.test_request_context("/sign-in"):
        for _ in range(times):
            hit("3/hour", who)


def test_the_fourth_of_three_waits_and_nobody_else_does(app: Flask) -> None:
    init_limits(app, "")
    ask(app, "an", 3)
    with pytest.raises(TooMany) as refused:
        ask(app, "an", 1)
    assert 0 < refused.value.retry_after <= 3600
    ask(app, "bình", 3)


def test_nothing_is_refused_while_redis_is_away(app: Flask) -> None:
    init_limits(app, "redis://127.0.0.1:1/0")
    ask(app, "an", 5)
    init_limits(app, "")


@pytest.mark.postgres
def test_several_processes_count_together(app: Flask, settings: Settings) -> None:
    address = settings.redis_url
    assert address
    who = os.urandom(8).hex()
    init_limits(app, address)
    ask(app, who, 2)
    init_limits(app, address)
    ask(app, who, 1)
    with pytest.raises(TooMany):
        ask(app, who, 1)
    init_limits(app, "")
