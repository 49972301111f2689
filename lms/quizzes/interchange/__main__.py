"""``python -m lms.quizzes.interchange FILE``: the reader in a process of its own, its document as JSON on stdout."""

import json
import sys
from pathlib import Path

from lms.core.intake import child
from lms.quizzes.interchange.reader import read_path
from lms.quizzes.interchange.sandbox import MODULE


def main(arguments: list[str] | None = None) -> int:
    """Read one file under limits of memory and processor time."""
    parser = child.parser(MODULE)
    parser.add_argument("--media", type=Path, default=None)
    given = parser.parse_args(arguments)
    document = read_path(given.file, child.confine(given), given.media)
    json.dump(document.to_json(), sys.stdout, ensure_ascii=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
