"""Keys, explanations and marks: planted canaries that no learner may meet before the time has come."""

import io
import re
import zipfile
from collections import defaultdict

import pytest

from lms.quizzes.papers.models import ReviewRule
from tests.site.crawling import Crawl, crawl
from tests.site.fullworld import DRILL, KEPT, KEPT_MARK, OTHER, SHOWN, SHOWN_MARK
from tests.site.house import Site

LEARNER_PAGES = {
    "home.index",
    "delivery.paper",
    "delivery.assessment",
    "practice.question",
    "practice.summary",
}


def mark_pattern(hundredths: int) -> re.Pattern[str]:
    """A mark as anybody might write it: 7,77, 7.77, 777."""
    digits = str(hundredths)
    return re.compile(rf"(?<![\w,.-]){digits[0]}[,.]?{digits[1:]}(?![\w,.-]*\w)")


@pytest.fixture(scope="module")
def learner_pages(site: Site) -> Crawl:
    attempts = [key for name, key in site.houses[0].ids.items() if name.startswith("attempt.")]
    starts = [f"/attempts/{key}{rest}" for key in attempts for rest in ("", "/result", "/finish")]
    starts += [f"/practice/{key}{rest}" for key in attempts for rest in ("", "/1", "/2", "/3")]
    return crawl(site, site.visitor("learner"), "/", *starts)


def test_the_crawl_meets_the_learners_pages(learner_pages: Crawl) -> None:
    assert {
        page.endpoint for page in learner_pages.pages if page.response.status_code == 200
    } >= LEARNER_PAGES


def test_no_key_or_explanation_before_its_time(learner_pages: Crawl) -> None:
    leaks = [page.url for page in learner_pages.pages if KEPT in page.text]
    assert not leaks, f"keys or explanations that were not released: {leaks}"


def test_no_mark_before_publication(learner_pages: Crawl) -> None:
    pattern = mark_pattern(KEPT_MARK)
    assert pattern.search("Điểm: 7,77.")
    leaks = [page.url for page in learner_pages.pages if pattern.search(page.text)]
    assert not leaks, f"marks that were not published: {leaks}"


@pytest.mark.parametrize("rule", ReviewRule)
def test_after_publication_the_review_rule_decides(
    site: Site, learner_pages: Crawl, rule: ReviewRule
) -> None:
    attempt = site.houses[0][f"attempt.{rule}"]
    text = next(page.text for page in learner_pages.pages if page.url == f"/attempts/{attempt}/result")
    assert mark_pattern(SHOWN_MARK).search(text)
    assert (SHOWN in text) == (rule is ReviewRule.KEY_AND_EXPLANATION)
    assert ("Câu single_choice của bộ" in text) == (rule is not ReviewRule.MARK_ONLY)


def test_practice_shows_the_explanation_of_what_was_answered_only(learner_pages: Crawl) -> None:
    seen = {number for page in learner_pages.pages for number in re.findall(rf"{DRILL}-(\d+)-", page.text)}
    assert len(seen) == 1


def test_the_right_option_looks_like_the_others(site: Site, learner_pages: Crawl) -> None:
    """In a paper and in an unanswered practice question, options differ in id, value and text alone."""
    checked = 0
    house = site.houses[0]
    unanswered = {
        f"/attempts/{house['attempt.open']}",
        *(f"/practice/{house['attempt.practice']}/{n}" for n in (2, 3)),
    }
    for page in learner_pages.pages:
        if page.url not in unanswered or page.html is None:
            continue
        groups = defaultdict(list)
        for field in page.html.xpath(
            "//input[@type='radio' or @type='checkbox'][starts-with(@name, 'answer-')]"
        ):
            if "checked" not in field.attrib:
                groups[field.get("name")].append(field)
        for fields in groups.values():
            looks = {_look(field) for field in fields}
            assert len(looks) == 1, f"{page.url}: options can be told apart: {looks}"
            checked += len(fields)
    assert checked > 10


def _look(field: object) -> tuple[tuple[str, str], ...]:
    named = {"id", "value", "aria-labelledby", "aria-describedby", "data-option"}
    holder = field.getparent()  # type: ignore[attr-defined]  # an lxml element
    own = sorted((key, value) for key, value in field.attrib.items() if key not in named)  # type: ignore[attr-defined]
    around = sorted((key, value) for key, value in holder.attrib.items() if key not in {*named, "for"})
    return (*own, *around)


def test_the_save_path_tells_nothing(site: Site) -> None:
    learner, attempt = site.visitor("learner"), site.houses[0]["attempt.open"]
    save = {
        "slot": 3,
        "revision": 1,
        "base": 0,
        "key": "canary",
        "client": "tab",
        "answer": None,
        "flagged": False,
    }
    for url, data in ((f"/attempts/{attempt}/answers", save), (f"/attempts/{attempt}/heartbeat", {})):
        reply = learner.send("POST", url, json=data, headers={"X-CSRFToken": learner.csrf})
        assert reply.status_code == 200
        assert KEPT not in reply.text
        assert not {"mark", "share", "key", "correct", "total"} & set(reply.json)
    site.restore()


def test_a_fellow_learner_meets_no_canary_at_all(site: Site) -> None:
    for page in crawl(site, site.visitor(OTHER)).pages:
        assert not re.search(rf"{KEPT}|{SHOWN}|{DRILL}|CANARYDRAFT", page.text), page.url
        assert not mark_pattern(KEPT_MARK).search(page.text), page.url
        assert not mark_pattern(SHOWN_MARK).search(page.text), page.url


def test_the_canaries_are_real(site: Site) -> None:
    """Staff do meet them, so their absence above says something."""
    house = site.houses[0]
    assert (
        f"{KEPT}-" in site.visitor("lecturer").get(f"/papers/{house['assessment.open']}/preview?seed=1").text
    )
    results = f"/results/{house['assessment.over']}"
    assert mark_pattern(KEPT_MARK).search(site.visitor("staff").get(results).text)


@pytest.mark.parametrize("role", ["learner", "other", "unit"])
def test_no_workbook_is_given_to_people_without_the_right(site: Site, role: str) -> None:
    for url in (
        f"/results/{site.houses[0]['assessment.over']}/export",
        f"/bank/{site.houses[0]['bank']}/export.xlsx",
    ):
        assert site.visitor(role).send("GET", url).status_code == 403


def test_the_other_centres_workbooks_hold_nothing_of_this_one(site: Site) -> None:
    """What staff of one centre can export, unpacked, names neither rows nor people of the other."""
    house, other = site.houses
    url = f"/bank/{other['bank']}/export.xlsx"
    data = site.visitor("lecturer", 1).get(url).get_data()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        text = "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    assert "Trung tâm Một" not in text
    assert house["bank"] not in text
