"""Write the baseline migration anew from the models: ``python scripts/remake_baseline.py``.

Until the first release there is one migration, re-made freely; after it this script goes. Alembic compares the models with an
empty SQLite database; what it can't know (the tables whose keys point at each other) is put in here.
"""

import fcntl
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = ROOT / "lms" / "migrations" / "versions"
BASELINE = VERSIONS / "0001_baseline.py"
HEAD = '''"""Every table as of the first release.

Revision 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op

from lms.core.db import Json, JsonOrNull, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CIRCULAR = ("latest_version", "approved_version")

'''
UP = """
    if op.get_bind().dialect.name == "postgresql":  # SQLite takes circular keys together with the table
        for column in CIRCULAR:
            op.create_foreign_key(
                f"fk_question_{column}", "question", "question_version", [f"{column}_id"], ["id"]
            )
"""
DOWN = """
    if op.get_bind().dialect.name == "postgresql":
        for column in CIRCULAR:
            op.drop_constraint(f"fk_question_{column}", "question", type_="foreignkey")
    else:  # SQLite checks foreign keys while it drops: a question must not name its versions any more
        op.execute("UPDATE question SET latest_version_id = NULL, approved_version_id = NULL")
"""


def generate() -> str:
    """What Alembic writes for an empty database."""
    kept = BASELINE.read_text() if BASELINE.exists() else ""
    BASELINE.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "DATABASE_URL": f"sqlite:///{Path(folder) / 'empty.db'}",
                "LMS_INSTANCE": folder,
            }
            command = [sys.executable, "-m", "flask", "--app", "lms", "db", "revision", "--autogenerate"]
            subprocess.run(
                [*command, "--rev-id", "0001", "-m", "baseline"], cwd=ROOT, env=environment, check=True
            )
        return BASELINE.read_text()
    except BaseException:
        BASELINE.write_text(kept)
        raise


def patched(text: str) -> str:
    """Alembic's text with our head and the circular keys."""
    body = text[text.index("def upgrade") :]
    body = re.sub(r"sa\.Enum\(\n?", "sa.Enum(", body)
    up, down = body.split("def downgrade", 1)
    up = re.sub(r"^    # ### .*\n", "", up, flags=re.MULTILINE)
    down = re.sub(r"^    # ### .*\n", "", "def downgrade" + down, flags=re.MULTILINE)
    head, _, rest = down.partition("\n")
    docstring, _, rest = rest.partition("\n") if rest.lstrip().startswith('"""') else ("", "", rest)
    return HEAD + "\n" + up.rstrip() + UP + "\n\n" + head + "\n" + docstring + DOWN + rest


def main() -> int:
    """Make it, format it, check it."""
    with (ROOT / "instance" / ".baseline.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        BASELINE.write_text(patched(generate()))
        subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(BASELINE)], check=True)
        return subprocess.run(
            [sys.executable, str(ROOT / "scripts" / "check_migrations.py")], cwd=ROOT, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
