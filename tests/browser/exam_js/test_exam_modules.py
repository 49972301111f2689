"""The exam page's pure modules, tested where they run: by Node's own test runner."""

import subprocess
from pathlib import Path

import pytest

from lms.web.build import BuildError, find_node

HERE = Path(__file__).parent


def test_the_exam_modules_keep_their_promises() -> None:
    """Queue, clock, sending and typing, each against its own script of faults."""
    try:
        node, _ = find_node()
    except BuildError as error:
        pytest.skip(str(error))
    files = sorted(str(path) for path in HERE.glob("*.test.mjs"))
    run = subprocess.run([*node, "--test", *files], capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
