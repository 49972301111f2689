"""Stories of letters."""

import pytest
from flask import Flask

from tests.results.letters.stories import LetterStory
from tests.world import World


@pytest.fixture
def told(app: Flask, world: World) -> LetterStory:
    """A class whose result is published, with learners of two units."""
    return LetterStory(app, world)
