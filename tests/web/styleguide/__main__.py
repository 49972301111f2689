"""``python -m tests.web.styleguide [PORT]``: look at the components in a browser."""

import sys

from lms.web.build import build
from tests.web.styleguide import create_styleguide

if __name__ == "__main__":
    build()
    create_styleguide().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8010, debug=True)
