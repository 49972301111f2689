"""The behaviours in a real browser, under the strict policy: what a data attribute promises happens."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, jsonify, render_template_string, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import Browser, Dialog, Page, expect
from werkzeug.serving import make_server

from lms.web.build import build
from lms.web.built import manifest
from tests.web.styleguide import create_styleguide

SHELL = """{% extends "layouts/staff.html" %}{% import "ui.html" as ui %}
{% block title %}t{% endblock %}{% block main %}<h1>h</h1>SOURCE{% endblock %}"""
Open = Callable[..., Page]


class Server:
    """The style guide with routes that remember what was sent to them."""

    def __init__(self) -> None:
        self.source = ""
        self.sent: list[dict[str, list[str]]] = []
        self.progress: list[dict[str, object]] = []
        self.app = self._make()
        self.http = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.address = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def _make(self) -> Flask:
        app = create_styleguide()

        @app.get("/page")
        def page() -> ResponseReturnValue:
            return render_template_string(SHELL.replace("SOURCE", self.source))

        @app.post("/take")
        def take() -> ResponseReturnValue:
            self.sent.append(
                {name: request.form.getlist(name) for name in request.form if name != "csrf_token"}
            )
            return "", 204

        @app.get("/job")
        def job() -> ResponseReturnValue:
            return jsonify(self.progress.pop(0) if len(self.progress) > 1 else self.progress[0])

        return app


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    build()
    manifest.cache_clear()
    server = Server()
    yield server
    server.http.shutdown()


@pytest.fixture
def open_page(server: Server, chromium: Browser) -> Iterator[Open]:
    context = chromium.new_context(locale="vi-VN", reduced_motion="reduce")
    complaints: list[str] = []

    def open_page(source: str = "", path: str = "/page") -> Page:
        server.source = source
        server.sent.clear()
        page = context.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(server.address + path)
        return page

    yield open_page
    context.close()
    assert not complaints


def test_the_policy_lets_everything_on_the_guide_run(open_page: Open) -> None:
    page = open_page(path="/?layout=staff")
    expect(page.locator("html")).to_have_class("staff js")
    box = page.locator(".shell-nav svg.icon").first.bounding_box()
    assert box is not None
    assert box["width"] > 10


def test_a_question_is_asked_before_something_is_done(open_page: Open, server: Server) -> None:
    page = open_page('{{ ui.post_button("Xóa", "/take", confirm="Xóa thật?", fields={"key": "k1"}) }}')
    page.get_by_role("button", name="Xóa").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("Xóa thật?")
    page.get_by_role("button", name="Thôi").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert server.sent == []
    page.get_by_role("button", name="Xóa").click()
    with page.expect_response("**/take"):
        page.get_by_role("alertdialog").get_by_role("button", name="Xóa").click()
    assert server.sent == [{"key": ["k1"]}]


def test_a_double_click_sends_once_with_the_buttons_value(open_page: Open, server: Server) -> None:
    page = open_page(
        '<form method="post" action="/take" data-once><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
        '{{ ui.submit("Gửi", name="do", value="send") }}</form>'
    )
    with page.expect_response("**/take"):
        page.get_by_role("button", name="Gửi").dblclick()
    page.wait_for_timeout(200)
    assert server.sent == [{"do": ["send"]}]


def test_unsaved_changes_are_not_left_silently(open_page: Open) -> None:
    page = open_page(
        '<form method="post" data-dirty><input name="a" aria-label="a"></form><a href="/">đi</a>'
    )
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_label("a", exact=True).fill("x")
    page.get_by_role("link", name="đi").click()
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.url.endswith("/page")


def test_theme_and_text_size_are_kept(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Chữ to hơn").click()
    page.locator("summary").click()
    toggle = page.locator("[data-theme-toggle]")
    toggle.click()
    assert page.evaluate("({...document.documentElement.dataset})") == {"text": "2", "theme": "light"}
    toggle.click()
    page.reload()
    assert page.evaluate("({...document.documentElement.dataset})") == {"text": "2", "theme": "dark"}
    page.locator("summary").click()
    toggle.click()
    page.reload()
    assert page.evaluate("({...document.documentElement.dataset})") == {"text": "2"}


TABLE = """{% set rows = [{"public_id": "a"}, {"public_id": "b"}, {"public_id": "c"}, {"public_id": "d"}] %}
{{ ui.table("T", [{"key": "public_id", "label": "Mã"}], rows, bulk="t") }}
{% call ui.bulk_bar("t", "/take", "dòng") %}{{ ui.submit("Duyệt", name="do", value="yes") }}{% endcall %}"""


def test_rows_are_chosen_one_by_one_and_by_range(open_page: Open, server: Server) -> None:
    page = open_page(TABLE)
    bar = page.locator("[data-bulk-bar]")
    expect(bar).to_be_hidden()
    page.get_by_label("Chọn dòng 2").click()
    page.get_by_label("Chọn dòng 4").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 dòng")
    assert page.get_by_label("Chọn tất cả").evaluate("box => box.indeterminate")
    with page.expect_response("**/take"):
        bar.get_by_role("button").click()
    assert server.sent == [{"keys": ["b", "c", "d"], "do": ["yes"]}]


def test_a_job_is_followed_until_it_is_finished(open_page: Open, server: Server) -> None:
    running = {"done": 3, "total": 9, "message": "Đang đọc", "state": "running", "next_url": None}
    server.progress = [running, {**running, "done": 9, "state": "finished", "next_url": "/?layout=learner"}]
    page = open_page('{{ ui.poll("/job", "Đọc tệp") }}')
    expect(page.locator("[data-poll-count]")).to_have_text("3/9")
    page.wait_for_url("**/?layout=learner")


def test_a_failed_job_stops_with_its_message(open_page: Open, server: Server) -> None:
    server.progress = [{"done": 1, "total": 9, "message": "Tệp hỏng", "state": "failed", "next_url": None}]
    page = open_page('{{ ui.poll("/job", "Đọc tệp") }}')
    expect(page.locator("[data-poll-message]")).to_have_text("Tệp hỏng")
    assert page.url.endswith("/page")


def test_filters_apply_when_they_change(open_page: Open) -> None:
    page = open_page(
        '{% call ui.filters() %}{{ ui.filter_select("unit", "Đơn vị", [("1", "Một")]) }}{% endcall %}'
    )
    page.get_by_label("Đơn vị").select_option("1")
    page.wait_for_url("**/page?unit=1")


def test_arrow_keys_move_but_not_while_typing(open_page: Open) -> None:
    page = open_page('<div data-rove><a href="/">một</a> <a href="/">hai</a> <input aria-label="ô"></div>')
    page.get_by_role("link", name="một").focus()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="hai")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="một")).to_be_focused()
    page.get_by_label("ô").focus()
    page.keyboard.type("jk")
    expect(page.get_by_label("ô")).to_have_value("jk")


def test_a_dialog_opens_and_closes(open_page: Open) -> None:
    page = open_page(
        '{{ ui.button("Mở", attrs={"data-dialog-open": "d"}) }}{% call ui.dialog("d", "Hộp") %}<p>x</p>{% endcall %}'
    )
    page.get_by_role("button", name="Mở").click()
    expect(page.get_by_role("dialog", name="Hộp")).to_be_visible()
    page.get_by_role("button", name="Đóng").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_what_depends_on_a_choice_appears_with_it(open_page: Open) -> None:
    page = open_page(
        '<label><input type="checkbox" data-reveal="#more"> có</label><p id="more" hidden>thêm</p>'
    )
    expect(page.locator("#more")).to_be_hidden()
    page.get_by_label("có").check()
    expect(page.locator("#more")).to_be_visible()


def test_the_menu_of_a_narrow_page_opens_by_its_button(open_page: Open) -> None:
    page = open_page()
    page.set_viewport_size({"width": 360, "height": 740})
    nav = page.get_by_role("navigation", name="Chính")
    expect(nav).to_be_hidden()
    page.get_by_role("button", name="Trình đơn").click()
    expect(nav).to_be_visible()


@pytest.mark.parametrize("path", ["/?layout=staff", "/?layout=learner", "/errors/404"])
@pytest.mark.parametrize("size", ["", "3"])
def test_nothing_is_wider_than_a_phone(open_page: Open, path: str, size: str) -> None:
    page = open_page(path=path)
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("size => { document.documentElement.dataset.text = size }", size)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_wide_table_scrolls_in_its_frame_and_a_fitting_one_keeps_its_head(open_page: Open) -> None:
    page = open_page(path="/?layout=staff")
    page.set_viewport_size({"width": 1280, "height": 500})
    page.locator(".table tbody tr").last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 250)
    expect(page.locator(".table thead th").nth(1)).to_be_in_viewport()
    expect(page.locator(".table-wrap")).to_have_class("table-wrap is-fitting")
    page.set_viewport_size({"width": 640, "height": 500})
    page.evaluate("document.documentElement.dataset.text = '3'")
    expect(page.locator(".table-wrap")).to_have_class("table-wrap")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_targets_on_learner_pages_are_large_enough(open_page: Open) -> None:
    page = open_page(path="/?layout=learner")
    page.set_viewport_size({"width": 360, "height": 740})
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .btn, .link-list a, .choice-row, select, .form-control, .tabs a")]
        .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 48)
        .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_vietnamese_marks_are_never_cut(open_page: Open) -> None:
    page = open_page(path="/?layout=learner")
    tight = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((node) => node.offsetParent && node.childNodes.length
          && [...node.childNodes].some((child) => child.nodeType === 3 && /\\p{L}/u.test(child.textContent)))
        .filter((node) => { const style = getComputedStyle(node);
          return style.lineHeight !== "normal" && parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.25; })
        .map((node) => node.outerHTML.slice(0, 120))"""
    )
    assert tight == []
