"""The design system: contrast of the tokens, what the macros promise, and that every page made of them is sound."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask, render_template_string
from flask_wtf import FlaskForm
from lxml import html
from lxml.html import HtmlElement
from werkzeug.datastructures import MultiDict
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired

from lms.web.build import ASSETS, build
from lms.web.built import asset, manifest
from tests.web.styleguide import create_styleguide

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "lms").rglob("templates/**/*.html"))
Render = Callable[..., HtmlElement]


@pytest.fixture(scope="module")
def guide() -> Iterator[Flask]:
    build()
    manifest.cache_clear()
    yield create_styleguide()
    manifest.cache_clear()


@pytest.fixture
def render(guide: Flask) -> Render:
    def render(source: str, path: str = "/", **values: object) -> HtmlElement:
        with guide.test_request_context(path):
            text = render_template_string('{% import "ui.html" as ui %}' + source, **values)
        return html.fragment_fromstring(text, create_parent="div")

    return render


# --- colours


def tokens(scheme: str) -> dict[str, str]:
    text = (ASSETS / "css" / "_tokens.scss").read_text()
    block = text.split(f"@mixin {scheme} {{")[1].split("\n}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "surface", "sunk")
STATES = ("ok", "warn", "info", "danger", "accent")
PAIRS = [
    *(("ink", ground, 12.0) for ground in GROUNDS),
    *(("muted", ground, 4.5) for ground in GROUNDS),
    *((state, ground, 4.5) for state in STATES for ground in GROUNDS),
    *((state, f"{state}-soft", 4.5) for state in STATES),
    *(("ink", f"{state}-soft", 7.0) for state in STATES),
    *(("muted", f"{state}-soft", 4.5) for state in STATES),
    *(("line", ground, 3.0) for ground in ("paper", "surface")),
    *(("fill", ground, 3.0) for ground in ("paper", "surface")),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("on-fill", "fill", 4.5),
    ("on-fill", "fill-strong", 4.5),
    ("accent-strong", "paper", 4.5),
]


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("colour", "ground", "least"), PAIRS)
def test_colours_stand_off_their_grounds(scheme: str, colour: str, ground: str, least: float) -> None:
    found = tokens(scheme)
    assert contrast(found[colour], found[ground]) >= least


def test_both_schemes_name_the_same_colours() -> None:
    assert tokens("light").keys() == tokens("dark").keys()


# --- whole pages

PAGES = [
    "/?layout=staff",
    "/?layout=learner",
    *(f"/errors/{code}" for code in (400, 403, 404, 409, 422, 429, 500, 503)),
]


@pytest.fixture(params=PAGES)
def page(guide: Flask, request: pytest.FixtureRequest) -> HtmlElement:
    answer = guide.test_client().get(request.param)
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def test_pages_are_sound(page: HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert not [name for name, count in ids.items() if count > 1]
    assert len(page.xpath("//h1")) == 1
    assert len(page.xpath("//main[@id='main']")) == 1
    assert page.findtext(".//title").strip(" ·")
    assert page.get("lang") == "vi"
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for value in page.xpath(f"//@{name}"):
            assert set(value.split()) <= ids.keys(), name


def test_every_field_and_button_has_a_name(page: HtmlElement) -> None:
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = field.get("id") in labelled or field.get("aria-label") or field.xpath("ancestor::label")
        assert named, html.tostring(field)
    for button in page.xpath("//button | //a"):
        assert button.get("aria-label") or button.text_content().strip(), html.tostring(button)


def test_every_form_that_posts_carries_the_token(page: HtmlElement) -> None:
    for form in page.xpath("//form[@method='post' and not(starts-with(@id, 'bad'))]"):
        if form.xpath(".//div[@data-error-summary]"):
            continue  # the form with errors is a sample without a token
        assert form.xpath(".//input[@name='csrf_token']"), html.tostring(form)[:200]


def test_error_pages_tell_the_reference_and_the_way_out(guide: Flask) -> None:
    text = guide.test_client().get("/errors/500").text
    assert "A7K29QPD" in text
    page = html.document_fromstring(text)
    assert page.xpath("//main//a[contains(@class, 'btn-primary')]/@href") == ["/"]


# --- icons


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    known = set(json.loads((ASSETS / "icons.json").read_text()))
    sources = [*TEMPLATES, *(ROOT / "lms").rglob("*.py"), *(ASSETS / "js").rglob("*.js")]
    pattern = re.compile(r'\b(?:icon=|icon\(|"icon": )"([a-z0-9-]+)"')
    used = {name: path.name for path in sources for name in pattern.findall(path.read_text())}
    assert len(used) > 10
    assert not {name: where for name, where in used.items() if name not in known}


def test_the_sprite_holds_what_pages_show(guide: Flask) -> None:
    client = guide.test_client()
    used = set(re.findall(r"icons\.[0-9a-f]+\.svg#([\w-]+)", client.get("/").text))
    with guide.test_request_context():
        address = asset("icons.svg")
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', client.get(address).text))
    assert used
    assert used <= symbols


# --- forms


class _Form(FlaskForm):  # type: ignore[misc]
    name = StringField("Họ và tên", [DataRequired("Hãy nhập họ và tên.")], description="Như trong giấy tờ")
    kind = RadioField("Loại", [DataRequired("Hãy chọn.")], choices=[("a", "Một"), ("b", "Hai")])
    note = StringField("Ghi chú")


FORM = """{% call ui.form(form, submit_label="Lưu") %}
{{ ui.form_row(form.name) }}{{ ui.form_row(form.kind) }}{{ ui.form_row(form.note) }}{% endcall %}"""


def filled_form(guide: Flask, **data: str) -> _Form:
    with guide.test_request_context():
        form = _Form(formdata=MultiDict({"sent": "1", **data}), meta={"csrf": False})
        form.validate()
    return form


def test_errors_are_tied_to_their_fields(guide: Flask, render: Render) -> None:
    page = render(FORM, form=filled_form(guide))
    field = page.get_element_by_id("name")
    assert field.get("aria-invalid") == "true"
    described = [
        page.get_element_by_id(name).text_content().strip() for name in field.get("aria-describedby").split()
    ]
    assert described == ["Như trong giấy tờ", "Hãy nhập họ và tên."]
    summary = page.xpath("//*[@data-error-summary]//a/@href")
    assert summary == ["#name", "#kind-0"]
    assert all(page.xpath(f"//*[@id='{href[1:]}']") for href in summary)
    assert page.xpath("//fieldset[.//legend[contains(., 'Loại')]]/@aria-describedby") == ["kind-error"]


def test_a_good_form_has_no_summary_and_says_what_may_be_left_out(guide: Flask, render: Render) -> None:
    page = render(FORM, form=filled_form(guide, name="Lê Văn An", kind="a"))
    assert not page.xpath("//*[@data-error-summary]")
    assert page.xpath("//label[@for='note']//*[@class='optional']")
    assert not page.xpath("//label[@for='name']//*[@class='optional']")


def test_what_people_typed_is_escaped(guide: Flask, render: Render) -> None:
    page = render(FORM, form=filled_form(guide, name='"><script>x</script>'))
    assert not page.xpath("//script")
    assert page.get_element_by_id("name").get("value") == '"><script>x</script>'


def test_a_dangerous_button_asks_first(render: Render) -> None:
    page = render(
        '{{ ui.post_button("Xóa", "/x", kind="danger", confirm="Xóa thật?", fields={"key": "k1"}) }}'
    )
    (form,) = page.xpath("//form")
    assert (form.get("method"), form.get("action"), form.get("data-confirm")) == ("post", "/x", "Xóa thật?")
    assert form.xpath(".//input[@name='key']/@value") == ["k1"]
    assert form.xpath(".//input[@name='csrf_token']/@value")[0]


# --- tables

TABLE = """{% call(row, column) ui.table("Học viên", columns, rows, bulk="people") %}
{% if column.key == "name" %}<a href="/x">{{ row.name }}</a>{% endif %}{% endcall %}"""
COLUMNS = [
    {"key": "name", "label": "Họ và tên", "sort": True},
    {"key": "unit", "label": "Đơn vị", "sort": "unit_name"},
    {"key": "mark", "label": "Điểm", "kind": "marks"},
]


def row(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(public_id="k1", name="An", unit=None, mark=830, **values)


def parameters(href: str) -> list[tuple[str, str]]:
    parts = urlsplit(href)
    assert parts[:3] == ("", "", "")
    return parse_qsl(parts.query)


def test_a_table_sorts_by_links_that_keep_the_filter(render: Render) -> None:
    page = render(TABLE, "/?topic=2&sort=name&page=3", columns=COLUMNS, rows=[row()])
    name, unit = page.xpath("//th//a[@class='sort']/@href")
    assert parameters(name) == [("topic", "2"), ("sort", "-name")]
    assert parameters(unit) == [("topic", "2"), ("sort", "unit_name")]
    assert page.xpath("//th/@aria-sort") == ["ascending"]


def test_cells_are_formatted_labelled_and_tied_to_the_bulk_form(render: Render) -> None:
    page = render(TABLE, columns=COLUMNS, rows=[row()])
    assert page.xpath("//tbody//th[@scope='row']//a/text()") == ["An"]
    assert [(cell.get("data-label"), cell.text) for cell in page.xpath("//tbody//td[@data-label]")] == [
        ("Đơn vị", "–"),
        ("Điểm", "8,3"),
    ]
    (box,) = page.xpath("//tbody//input")
    assert (box.get("name"), box.get("value"), box.get("form")) == ("keys", "k1", "bulk-people")
    assert page.findtext(".//caption") == "Học viên"


def test_an_empty_table_says_so(render: Render) -> None:
    assert "Không có dòng nào khớp" in render(TABLE, columns=COLUMNS, rows=[]).text_content()
    source = '{{ ui.table("Học viên", columns, [], empty=ui.empty_state("Chưa có học viên")) }}'
    page = render(source, columns=COLUMNS)
    assert page.xpath("//*[@class='empty-state']")
    assert not page.xpath("//table")


@pytest.mark.parametrize(
    "hostile", ["_scheme=javascript", "_external=1&_host=evil", "next=//evil", "a=%22%3E%3Cx%3E"]
)
def test_the_query_string_cannot_leave_the_page(render: Render, hostile: str) -> None:
    page = render('<a href="{{ ui.query(page=2) }}">x</a>', f"/?{hostile}&page=1")
    (link,) = page.xpath("//a")
    assert parameters(link.get("href")) == [*parse_qsl(hostile), ("page", "2")]


def test_one_of_several_filters_can_be_taken_off(render: Render) -> None:
    source = '{% call ui.filters(active=[("Một", "unit", "1"), ("Hai", "unit", "2")]) %}{% endcall %}'
    page = render(source, "/?unit=1&unit=2&page=2")
    first, second = page.xpath("//a[@class='filter-chip']/@href")
    assert parameters(first) == [("unit", "2")]
    assert parameters(second) == [("unit", "1")]


def paging(number: int, pages: int, total: int) -> SimpleNamespace:
    return SimpleNamespace(page=number, pages=pages, total=total, per_page=10)


def test_paging_always_tells_the_total(render: Render) -> None:
    source = '{{ ui.pagination(page, "câu hỏi") }}'
    single = render(source, page=paging(1, 1, 7))
    assert "7 câu hỏi" in single.text_content()
    assert not single.xpath("//a")
    last = render(source, "/?page=12", page=paging(12, 12, 118))
    assert "111–118 trong 118 câu hỏi" in " ".join(last.text_content().split())
    assert last.xpath("//a[@aria-current='page']/text()") == ["12"]
    assert not last.xpath("//a[@rel='next']")
    assert list(last.xpath("//li[@class='page-number']/a/text()")) == ["1", "11", "12"]


# --- the build


def test_every_macro_is_described() -> None:
    described = (ROOT / "docs" / "components.md").read_text()
    names = re.findall(r"{% set (\w+) =", (ROOT / "lms/web/templates/ui.html").read_text())
    assert len(names) > 30
    assert not [name for name in names if f"{name}(" not in described]


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_a_learners_page_stays_light(guide: Flask) -> None:
    built = ROOT / "lms" / "web" / "static" / "build"
    sizes = {
        name: (built / f"{manifest()[name]}.gz").stat().st_size
        for name in manifest()
        if name.endswith((".css", ".js", ".svg"))
    }
    assert sizes["app.css"] <= 18_000
    assert sizes["app.js"] + sizes["early.js"] <= 6_000
    paper = ["app.css", "early.js", "app.js", "exam.js", "icons.svg", "favicon.svg"]
    assert sum(sizes.get(name, 0) for name in paper) <= 50_000
