"""``python -m lms.courses.nominations.reading FILE``: the reader in a process of its own, its roster as JSON on stdout."""

import json
import sys

from lms.core.intake import child
from lms.courses.nominations.reading.roster import read_path
from lms.courses.nominations.reading.sandbox import MODULE


def main(arguments: list[str] | None = None) -> int:
    """Read one file under limits of memory and processor time."""
    given = child.parser(MODULE).parse_args(arguments)
    json.dump(read_path(given.file, child.confine(given)).to_json(), sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
