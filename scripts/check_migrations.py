"""Fail unless the migrations lead to exactly the tables that the models describe.

A throwaway SQLite database is taken up to the newest migration and compared with the models.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Upgrade an empty database, compare, and return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'check.db'}",
            "LMS_INSTANCE": folder,
        }
        for command in ("upgrade", "check"):
            done = subprocess.run(
                [sys.executable, "-m", "flask", "--app", "lms", "db", command],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                sys.stderr.write(done.stdout + done.stderr)
                sys.stderr.write(f"`flask db {command}` failed on an empty database.\n")
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
