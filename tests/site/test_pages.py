"""Every page that each person finds: sound HTML, links that lead somewhere, few statements, both languages."""

import re
from collections.abc import Iterator

import pytest

from lms.core.db import PUBLIC_ID_LENGTH
from lms.web.i18n import LANGUAGES
from tests.site.crawling import REDIRECTS, Crawl, crawl
from tests.site.fullworld import ROLES
from tests.site.house import SECOND, Site

MOST_STATEMENTS = 12
PLANNED_EXAM = re.compile(r"/exams/[a-z0-9]{16}")
"""Before its start a session is compared with the class, its attendance and the sessions beside it: one more."""
ENGLISH = re.compile(
    r"\b(Sign in|Sign out|Save|Cancel|Delete|Edit|Submit|Search|Results?|Question|Answer|Page not found|Invalid|"
    r"Error|Required|This field is required|Not a valid|Next|Previous|Home|Account|Password|Loading|None|True|False)\b"
)
each_role = pytest.mark.parametrize("role", ROLES)


def broken_links(crawled: Crawl, site: Site) -> Iterator[str]:
    """Nothing is linked that the person who sees the link may not open."""
    for page in crawled.pages:
        if page.response.status_code != 200 and page.response.status_code not in REDIRECTS:
            yield f"{page.response.status_code} {page.url}, linked on {page.seen_on}"


def busy_pages(crawled: Crawl, site: Site) -> Iterator[str]:
    for page in crawled.pages:
        if page.statements > MOST_STATEMENTS + bool(PLANNED_EXAM.fullmatch(page.url)):
            yield f"{page.url} asks the database {page.statements} times"


def crowded_pages(crawled: Crawl, site: Site) -> Iterator[str]:
    """Outside of dialogs and what is folded, one action at most stands out."""
    for page in crawled.pages:
        if page.html is None:
            continue
        found = page.html.xpath(
            "//main//*[contains(concat(' ', normalize-space(@class), ' '), ' btn-primary ')]"
            "[not(ancestor::dialog or ancestor::details or ancestor::template or ancestor-or-self::*[@hidden])]"
        )
        names = {one.text_content().strip() for one in found}
        if len(names) > 1:
            yield f"{page.url} has several primary actions: {sorted(names)}"


def foreign_words(crawled: Crawl, site: Site) -> Iterator[str]:
    for page in crawled.pages:
        if page.html is None:
            continue
        words = set(ENGLISH.findall(" ".join(page.html.xpath("//@aria-label | //@title | //@placeholder"))))
        for text in page.html.xpath(
            "//body//text()[not(ancestor::script or ancestor::pre or ancestor::*[@lang='en'])]"
        ):
            words |= set(ENGLISH.findall(text))
        if words:
            yield f"{page.url} speaks English: {sorted(words)}"


def other_centres_things(crawled: Crawl, site: Site) -> Iterator[str]:
    """No page of the first centre holds a name or an id of the second's rows."""
    # Five digits of an essay's code stand in some random id of ours now and then.
    theirs = {
        key
        for name, key in site.houses[SECOND].ids.items()
        if not name.startswith("browser.") and len(key) >= PUBLIC_ID_LENGTH
    }
    for page in crawled.pages:
        leaked = sorted(key for key in (*theirs, "Trung tâm Hai") if key in page.text)
        if leaked:
            yield f"{page.url} holds the other centre's {leaked}"


CHECKS = (broken_links, busy_pages, crowded_pages, foreign_words, other_centres_things)


@each_role
def test_every_page_that_a_person_finds(site: Site, role: str) -> None:
    """HTML is checked by the visitor on every fetch; here what takes several pages or counting."""
    site.visitor(role).get("/")  # a process keeps units' names; it asks for them once
    crawled = crawl(site, site.visitor(role))
    assert len(crawled.pages) >= 3
    complaints = [complaint for check in CHECKS for complaint in check(crawled, site)]
    assert not complaints, "\n".join(complaints)


@each_role
def test_english_pages_come_without_an_error(site: Site, role: str) -> None:
    assert "en" in LANGUAGES
    with site.visitor(role).client.session_transaction() as session:
        session["language"] = "en"
    pages = crawl(site, site.visitor(role)).pages
    site.restore()
    assert {page.url: page.response.status_code for page in pages if page.response.status_code >= 400} == {}
    assert all(page.html.get("lang") == "en" for page in pages if page.html is not None)
