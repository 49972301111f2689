"""Bring the database up to date; in demo mode, load the demo centre or keep its open assessment open.

Run by `make run`. One process does both, since starting the application costs more than the work itself. Outside
demo mode a database is only migrated.
"""

import sys

from flask_migrate import upgrade

from lms import create_app
from lms.cli.migrations import init_migrations
from lms.config import Mode


def main() -> int:
    """Migrate, then see to the demo centre where there is one; return the exit code."""
    app = create_app()
    init_migrations(app)
    with app.app_context():
        upgrade()
    if app.config["LMS"].mode is not Mode.DEMO:
        return 0
    result = app.test_cli_runner().invoke(args=["demo", "load"])
    sys.stdout.write(result.output)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code


if __name__ == "__main__":
    sys.exit(main())
