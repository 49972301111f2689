"""Stories of class results."""

import pytest
from flask import Flask

from tests.results.class_results.stories import ResultStory
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> ResultStory:
    """A class with a regulation and nobody in it."""
    return ResultStory(app, world)
