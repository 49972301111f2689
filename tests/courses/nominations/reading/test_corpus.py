"""Real rosters, where they lie beside the project; the files belong to others, without them this test is skipped."""

import json
import os
from pathlib import Path

import pytest

from lms.core.intake.guard import Limits
from lms.courses.nominations.reading.roster import read_path

CORPUS = Path(os.environ.get("LMS_CORPUS", Path(__file__).parents[4].parent / "shared" / "corpus"))
FILES = [path for path in sorted((CORPUS / "roster").glob("*")) if path.suffix in {".csv", ".xlsx", ".xls"}]
pytestmark = pytest.mark.skipif(
    not FILES, reason=f"no corpus of real rosters at {CORPUS.name}/ beside the project"
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_real_file(path: Path) -> None:
    truth = json.loads((path.parent / f"{path.name}.truth.json").read_text("utf-8"))
    roster = read_path(path, Limits())
    if "cohorts" in path.name and "users" not in path.name:  # a list of groups, not of people
        assert [problem.code for problem in roster.problems] == ["no_header"]
        return
    assert len(roster.people) == truth["rows"]
    if "female" in truth:
        assert sum(one.gender == "nữ" for one in roster.people) == truth["female"]
    if "first_name" in truth:
        assert roster.people[0].full_name == truth["first_name"]
