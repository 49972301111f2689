"""Every test that docs/security.md names is there."""

import re
from pathlib import Path

HERE = Path(__file__).parents[2]
NAMED = re.compile(r"`(?:(tests/[\w/]+\.py))?::(test_\w+)`")


def test_the_named_tests_exist() -> None:
    page = (HERE / "docs" / "security.md").read_text()
    named, file, missing = 0, "", []
    for path, test in NAMED.findall(page):
        file, named = path or file, named + 1
        source = HERE / file
        if not source.exists() or f"def {test}(" not in source.read_text():
            missing.append(f"{file}::{test}")
    assert named > 60
    assert not missing, missing
