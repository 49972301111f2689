"""An exam about to be held."""

import pytest
from flask import Flask

from tests.quizzes.exams.stories import ExamStory
from tests.world import World


@pytest.fixture
def story(app: Flask, world: World) -> ExamStory:
    return ExamStory(app, world)
