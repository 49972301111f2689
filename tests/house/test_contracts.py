"""The import contracts hold, and each of them breaks when somebody crosses it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTS = {
    "a floor reaches up": (
        "core/planted.py",
        "from lms.web import planted\n",
        "Floors",
    ),
    "a course knows a quiz": (
        "courses/planted.py",
        "import lms.quizzes\n",
        "Floors",
    ),
    "a package without a floor": (
        "attic/__init__.py",
        "",
        "Floors",
    ),
    "the bank knows the attempt": (
        "quizzes/bank/planted.py",
        "import lms.quizzes.delivery\n",
        "Rooms of the quiz floor",
    ),
    "a read calls a verb": (
        "courses/planted/queries.py",
        "from lms.courses.planted import operations\n",
        "Furniture of a room",
    ),
    "a question kind knows the database": (
        "quizzes/kinds/planted.py",
        "import sqlalchemy\n",
        "Pure packages",
    ),
    "a format knows the database through the floor": (
        "quizzes/interchange/planted.py",
        "import lms.core.db\n",
        "Pure packages",
    ),
    "a format wires the application": (
        "quizzes/interchange/planted.py",
        "from lms import create_app\n",
        "Pure packages",
    ),
    "an operation reads the request": (
        "courses/planted/operations.py",
        "from flask import request\n",
        "Only views, api and web",
    ),
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts on the packages in ``tree``."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
        ],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code, with an empty room to plant in."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for source in (ROOT / "lms").rglob("*.py"):
        target = tmp_path / source.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
    for name in ("__init__", "models", "queries", "operations", "views"):
        target = tmp_path / "lms/courses/planted" / f"{name}.py"
        target.parent.mkdir(exist_ok=True)
        target.write_text("")
    (tmp_path / "lms/web/planted.py").write_text("")
    return tmp_path


def test_the_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_import_breaks_its_contract(copy: Path, plant: str) -> None:
    name, code, contract = PLANTS[plant]
    target = copy / "lms" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(code)
    done = lint(copy)
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(line.startswith(contract) for line in broken), done.stdout
    assert Path(name).parts[0] in done.stdout
