"""Stories of essays."""

import pytest
from flask import Flask

from tests.quizzes.grading.stories import EssayStory
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> EssayStory:
    return EssayStory(app, world)
