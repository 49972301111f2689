import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.sanitising import TAGS, clean_html, escape_text, text_of

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><circle/></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style='background:url(//evil)' onclick=alert(1)>x</p>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<div<p onclick=alert(1)>x",
    "<h1 title='>' onclick=alert(1)>x</h1>",
    "<img src='/files/a/b.png' onerror='alert(1)' alt='\"><script>alert(1)</script>'>",
    "<base href=//evil><form action=//evil><input>",
    "<meta http-equiv=refresh content='0;url=//evil'>",
    "<!--><script>alert(1)</script>-->",
]
fragments = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b", ">", "<", "/", " onclick=x", "<img ", "src=", "'", '"', "/files/a", "alt=", "<td colspan=2>",
         "<h1>", "</div>", "<table>", "&lt;", "&", "chữ", "\u0301", "<!--", "-->", "<script>", "<li>", "\n", "\x00", "<br/>"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


def tags_in(html: str) -> set[str]:
    return {tag.lower() for tag in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", html)}


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_is_left(attack: str) -> None:
    clean = clean_html(attack)
    assert tags_in(clean) <= TAGS
    markup = "".join(re.findall(r"<[^>]*>", clean)).lower()
    assert not re.search(r"\son|javascript|style|href|//", markup)


@given(fragments | st.text())
def test_cleaning_is_stable_and_leaves_allowed_tags_only(html: str) -> None:
    clean = clean_html(html)
    assert clean_html(clean) == clean
    assert tags_in(clean) <= TAGS
    assert unicodedata.is_normalized("NFC", clean)


@pytest.mark.parametrize(
    "source",
    [
        "http://evil/x.png",
        "//evil/x.png",
        "/files/../admin",
        "/files//x",
        "data:image/png;base64,x",
        "/other/x",
    ],
)
def test_images_come_from_own_files_only(source: str) -> None:
    assert clean_html(f'<p>a<img src="{source}" alt="b"></p>') == "<p>a</p>"


def test_what_a_question_needs_is_kept() -> None:
    kept = (
        '<p>H<sub>2</sub>O <strong>và</strong> <u>x</u></p><table><tbody><tr><td colspan="2">1</td></tr></tbody></table>'
        '<img src="/files/ab-12/hinh.png" alt="Sơ đồ">'
    )
    assert clean_html(kept) == kept


def test_blocks_do_not_run_together() -> None:
    assert text_of("<div>một</div><div>hai</div><h2>ba</h2>") == "một\nhai\nba"
    assert text_of("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>") == "1\t2\n3"
    assert text_of('<p>a  &lt;b&gt;<br>c <img src="/files/x" alt="Hình 1"></p>') == "a <b>\nc Hình 1"


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), max_size=40))
def test_escaped_text_shows_exactly_itself(text: str) -> None:
    assert text_of(escape_text(text)) == unicodedata.normalize("NFC", text)
    assert clean_html(escape_text(text)).count("<") == 0


def test_line_ends_become_breaks() -> None:
    assert escape_text("a\r\nb\n<c>") == "a<br>b<br>&lt;c&gt;"
