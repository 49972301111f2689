"""Stories of timetables and rolls; today is Monday 23/11/2026, eight in the morning."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lms.core import clock
from tests.courses.attendance.stories import NOW, RollStory
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> Iterator[RollStory]:
    """A class of four, one of them its monitor, with no timetable yet."""
    with clock.frozen(NOW):
        yield RollStory(app, world)
