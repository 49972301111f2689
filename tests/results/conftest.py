"""Stories of the gradebook."""

import pytest
from flask import Flask

from tests.results.stories import ClassStory
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> ClassStory:
    """A class with a released test; nobody has sat it yet."""
    return ClassStory(app, world)
