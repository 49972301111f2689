"""Hostile text in every text column: on no page does it become markup."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from lms.core.db import db
from lms.core.sanitising import clean_html
from tests.site.crawling import crawl
from tests.site.fullworld import ROLES
from tests.site.house import Site

PAYLOADS = (
    '"><script>evil()</script>',
    "'\"><img src=x onerror=evil()>",
    "<svg/onload=evil()>",
    "</title></textarea><script src=//evil.example/></script>",
    "javascript:evil()//",
    "{{ evil }}${evil}<a href=javascript:evil()>x</a>",
)
FORMS = {
    # Columns whose text has a form of its own, which hostile text would break before any page is made.
    "public_id", "path", "token_hash", "subject", "password_hash", "language", "digest", "sha256", "media_type", "kind",
    "state", "lease_owner", "idempotency_key", "client", "owner", "duty", "subject_type", "action", "search_key",
    "sort_key", "plain", "value", "format", "status", "message", "day", "version_num", "code",
}  # fmt: skip
HTML = {"explanation"}
"""Columns that hold HTML: their texts come through the sanitiser on their way in."""
DOCUMENTS = {("question_version", "content"), ("import_item", "document"), ("import_item", "mended")}
TEXTS = {"stem", "text", "stimulus", "explanation", "label", "place", "title", "name", "reason", "unit"}
SAFE_SOURCES = re.compile(r"^(/|data:image/svg\+xml|data:image/png|\?|#|$)")


def _payload(number: int, limit: int | None) -> str:
    text = f"{PAYLOADS[number % len(PAYLOADS)]} n{number}"
    return text if limit is None or len(text) <= limit else f"<b onclick=e>{number}"[:limit]


def _poisoned(value: Any, number: int) -> Any:
    """A JSON document with every text that people wrote replaced; as HTML where it stands for HTML."""
    if isinstance(value, dict):
        return {
            key: clean_html(_payload(number, None))
            if isinstance(one, str) and key in TEXTS
            else _poisoned(one, number)
            for key, one in value.items()
        }
    return [_poisoned(one, number) for one in value] if isinstance(value, list) else value


def poison() -> int:
    """Write hostile text into every column that people fill; how many columns that were."""
    columns = 0
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            for column in table.c:
                document = (table.name, column.name) in DOCUMENTS
                people_write = isinstance(column.type, sa.String) and not isinstance(column.type, sa.Enum)
                if not document and (
                    not people_write or column.name in FORMS or column.primary_key or column.foreign_keys
                ):
                    continue
                columns += 1
                key = list(table.primary_key)
                for number, row in enumerate(connection.execute(sa.select(*key, column)).all()):
                    if document:
                        value = _poisoned(row[-1], number) if row[-1] is not None else None
                    else:
                        value = _payload(number, getattr(column.type, "length", None))
                        value = clean_html(value) if column.name in HTML else value
                    same = [one == row[place] for place, one in enumerate(key)]
                    connection.execute(table.update().where(*same).values({column: value}))
    return columns


@pytest.fixture(scope="module")
def poisoned(site: Site) -> Site:
    db.session.remove()
    assert poison() > 20
    site._forget()
    return site


@pytest.mark.parametrize("role", ROLES)
def test_hostile_text_stays_text(poisoned: Site, role: str) -> None:
    met = 0
    for page in crawl(poisoned, poisoned.visitor(role)).pages:
        assert page.response.headers["X-Content-Type-Options"] == "nosniff"
        if page.html is None:
            continue
        met += "evil()" in page.html.text_content()
        where = page.url
        assert not page.html.xpath("//script[not(starts-with(@src, '/static/'))]"), where
        assert not page.html.xpath("//*[@*[starts-with(local-name(), 'on')]]"), where
        assert not page.html.xpath("//iframe | //object | //embed | //base | //svg[@onload]"), where
        for source in page.html.xpath("//@href | //@src | //@action | //@formaction"):
            assert SAFE_SOURCES.match(source), f"{where}: {source}"
        assert not page.html.xpath("//img[@src='x'] | //b[@onclick]"), where
    assert met, "the hostile text never appeared; the test looked at the wrong pages"


@pytest.fixture(scope="module", autouse=True)
def clean_up(site: Site) -> Any:
    yield
    site.restore()
