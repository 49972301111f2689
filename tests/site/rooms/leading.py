"""The leader's pages in the tests of the whole site."""

from tests.site.fullworld import Builder
from tests.site.rows import Row

ROWS = {
    ("leading.index", "GET"): Row(),
    ("leading.month_pdf", "GET"): Row(),
    ("leading.signing", "GET"): Row(),
    ("leading.sign_chosen", "POST"): Row(),
}


def furnish(builder: Builder) -> None:
    """What the pages list is there already."""
