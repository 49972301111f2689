"""Lessons' HTML: nothing that runs is left, cleaning twice changes nothing, and plain text goes there and back."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.core.articles import TAGS, article_of, clean_article, pictures_in, plain_of, with_pictures
from tests.core.test_sanitising import ATTACKS

pieces = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<h1>", "</h4>", "<a href='https://a.vn/x'>", "</a>", "<a href=javascript:x>", "<img ", "src=",
         "'/files/lessons/ab' ", "'/files/x' ", "alt='", "'>", ">", "<", "<ul>", "<li>", "<table>", "<td colspan=2>", "</td>",
         "<script>", "onclick=x ", "&lt;", "&", "chữ ", "\u0301", "<!--", "-->", "\x00", "\n", "<ol start=3>", "<blockquote>"]
    ),
    max_size=25,
).map("".join)  # fmt: skip
BARE = '<a rel="noopener noreferrer">x</a>'
words = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters="⟦⟧-"), min_size=1, max_size=8
)
plain = st.lists(st.lists(words, min_size=1, max_size=3).map("\n".join), max_size=4).map("\n\n".join)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_is_left(attack: str) -> None:
    cleaned = clean_article(attack)
    assert set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", cleaned)) <= TAGS
    assert not re.search(r"<[^>]*\s(?:on\w+|style)\s*=", cleaned)
    assert "javascript:" not in cleaned


@given(pieces)
@example("<h1><table><h1>")
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean_article(html)
    assert clean_article(once) == once
    assert set(re.findall(r"</?([a-z][a-z0-9]*)[ >/]", once)) <= TAGS
    for source in re.findall(r'<img[^>]*\ssrc="([^"]*)"', once):
        assert source.startswith("/files/lessons/")


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        (
            '<a href="https://a.vn/b?c=1">x</a>',
            '<a href="https://a.vn/b?c=1" rel="noopener noreferrer">x</a>',
        ),
        ('<a href="mailto:a@b.vn">x</a>', '<a href="mailto:a@b.vn" rel="noopener noreferrer">x</a>'),
        ('<a href="/audit">x</a>', BARE),
        ('<a href="//evil.example">x</a>', BARE),
        ('<a href="data:text/html,x">x</a>', BARE),
        ("<h1>A</h1><h5>B</h5><div>C</div>", "<h2>A</h2><h3>B</h3><p>C</p>"),
        ('<img src="/files/lessons/ab" alt="a<b">', '<img src="/files/lessons/ab" alt="a b">'),
        ('<img src="/files/ab"><img src="https://x/y.png"><img>', ""),
        ('<td colspan="2">x</td>', "x"),
    ],
)
def test_what_is_kept(given_: str, kept: str) -> None:
    assert clean_article(given_) == kept


def test_a_table_keeps_its_cells_and_nothing_of_its_looks() -> None:
    wild = (
        '<table style="width:9px" onclick="x()"><colgroup><col></colgroup><tbody><tr><th colspan="2" width="9">'
        '<p>A</p></th></tr><tr><td rowspan="0" colwidth="5"><p>b</p></td><td colspan="9999">c</td></tr></tbody></table>'
    )
    kept = '<table><tbody><tr><th colspan="2"><p>A</p></th></tr><tr><td><p>b</p></td><td>c</td></tr></tbody></table>'
    assert clean_article(wild) == kept
    assert clean_article(kept) == kept


@given(plain)
def test_plain_text_there_and_back(text: str) -> None:
    assert plain_of(article_of(text)) == plain_of(article_of(plain_of(article_of(text))))
    assert plain_of(article_of(text)).split() == clean_words(text)


def clean_words(text: str) -> list[str]:
    """The words as they are stored, in NFC."""
    return unicodedata.normalize("NFC", text).split()


def test_pictures_keep_their_place_in_plain_text() -> None:
    html = '<h2>Mục</h2><p>Một <b>hai</b></p><img src="/files/lessons/ab" alt="x"><ul><li><p>a</p></li><li>b</li></ul>'
    assert plain_of(html) == "Mục\n\nMột hai\n\n⟦ab⟧\n\n- a\n\n- b"
    assert pictures_in(clean_article(article_of("⟦ab⟧\n\n⟦cd⟧ ⟦ab⟧"))) == ("ab", "cd")


def test_pictures_are_renamed_or_left_out() -> None:
    html = clean_article('<img src="/files/lessons/ab" alt="1"><img src="/files/lessons/cd" alt="2">')
    assert with_pictures(html, {"ab": "new"}) == clean_article('<img src="/files/lessons/new" alt="1">')
