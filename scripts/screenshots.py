"""Pictures of the important pages of the demo centre, for people to look at: ``python -m scripts.screenshots FOLDER``.

Each page at 360 and 1280 px, light and dark, named ``role-page-width-theme.png``. Needs Chromium.
"""

import argparse
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from lms.cli.demo.texts import ACCOUNTS, PASSWORD
from scripts.live_server import demo_server

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
SIZES = ((360, 740), (1280, 800))
THEMES = ("light", "dark")
CODES = {re.findall(r"\((\w+)\)", words)[0]: code for words, code in ACCOUNTS}
OPEN, FINISHED = "Kiểm tra cuối khóa", "Kiểm tra cuối khóa nghiệp vụ công tác đảng"

Shoot = Callable[[str], None]
"""Takes a picture of the page as it stands, under a name."""


def at(*paths: str) -> Callable[[Page, Shoot], None]:
    """Pages with fixed addresses."""

    def walk(page: Page, shoot: Shoot) -> None:
        for path in paths:
            page.goto(path)
            shoot(path.strip("/").replace("/", "-") or "home")

    return walk


def learn(page: Page, shoot: Shoot) -> None:
    """Home, a practice question with its explanation, a paper, the end of it."""
    page.goto("/")
    shoot("home")
    page.get_by_role("link", name=re.compile("^Luyện tập")).first.click()
    shoot("practice-front")
    _press(page, "Luyện tập", "Làm tiếp")
    if page.get_by_role("button", name="Trả lời").count():  # not in the views that follow the first
        page.locator("label.exam-option").first.click()
        shoot("practice-question")
        page.get_by_role("button", name="Trả lời").click()
    shoot("practice-feedback")
    page.goto("/")
    page.locator(".next-step a").click()
    if "/attempts/" not in page.url:
        shoot("assessment")
        _press(page, "Vào thi", "Làm tiếp")
    _paper(page, shoot)


def _paper(page: Page, shoot: Shoot) -> None:
    page.locator("[data-save-chip]").wait_for()
    page.locator("section[data-slot]:visible label.exam-option").first.click()
    page.locator("[data-save-chip][data-state=saved]").wait_for()
    shoot("paper")
    page.get_by_role("button", name="Tổng quan").click()
    shoot("paper-overview")
    page.locator("#overview").get_by_role("button", name="Nộp bài").click()
    shoot("paper-hand-in")
    page.context.set_offline(True)
    page.locator("[data-panel=hand-in] [data-goto]").first.click()
    page.locator("section[data-slot]:visible label.exam-option").nth(1).click()
    page.locator("[data-network]:visible").wait_for()
    shoot("paper-offline")
    page.context.set_offline(False)
    page.locator("[data-save-chip][data-state=saved]").wait_for()


def see_result(page: Page, shoot: Shoot) -> None:
    """A published result."""
    page.goto("/")
    shoot("home-with-result")
    page.get_by_role("link", name=re.compile(FINISHED)).first.click()
    shoot("result")


def keep_bank(page: Page, shoot: Shoot) -> None:
    """The bank: list, question, blueprint of what it has, import from a file."""
    page.goto("/bank")
    shoot("banks")
    page.locator("main table a, main .link-list a").first.click()
    shoot("bank")
    address = page.url
    page.locator("tbody a").first.click()
    shoot("question")
    for name in ("Ma trận", "Chủ đề"):
        page.goto(address)
        page.get_by_role("navigation", name="Các trang của ngân hàng").get_by_role("link", name=name).click()
        shoot(f"bank-{'counts' if name == 'Ma trận' else 'topics'}")
    page.goto(address)
    page.get_by_role("link", name="Lấy từ Word").first.click()
    shoot("import")
    page.set_input_files("input[type=file]", "lms/cli/demo/data/lay_tu_word_mau.txt")
    page.get_by_role("button", name="Đọc tệp").click()
    page.locator("[data-import-preview]").wait_for()
    shoot("import-preview")


def compose(page: Page, shoot: Shoot) -> None:
    """Setting up an assessment."""
    page.goto("/papers")
    shoot("papers")
    page.get_by_role("link", name="Ra đề mới").first.click()
    shoot("paper-kinds")
    page.get_by_role("link", name="Kiểm tra cuối khóa").click()
    shoot("paper-form")
    page.get_by_label("Tên đề").fill("Kiểm tra thử")
    page.get_by_role("button", name="Tạo đề").click()
    shoot("paper-blueprint")
    page.goto("/papers")
    page.get_by_role("link", name=OPEN, exact=True).first.click()
    shoot("paper-show")
    page.get_by_role("link", name="Xem thử một đề").click()
    shoot("paper-preview")


def read_results(page: Page, shoot: Shoot) -> None:
    """The results of the finished assessment."""
    page.goto("/results")
    shoot("results")
    page.get_by_role("link", name=FINISHED, exact=True).click()
    shoot("results-table")
    table = page.url
    page.locator("tbody a").first.click()
    shoot("results-attempt")
    page.goto(table)
    page.get_by_role("link", name="Từng câu hỏi").click()
    shoot("results-questions")


def watch(page: Page, shoot: Shoot) -> None:
    """A running session."""
    page.goto("/sessions")
    shoot("sessions")
    page.locator("tbody a").first.click()
    shoot("session")
    page.get_by_role("link", name=re.compile("^Thêm giờ cho")).first.click()
    shoot("session-seat")


WALKS: tuple[tuple[str, str, Callable[[Page, Shoot], None]], ...] = (
    ("anyone", "", at("/sign-in", "/nowhere")),
    ("learner", CODES["learner"], learn),
    ("learner", CODES["learner"], at("/account", "/password")),
    ("sat", "HV26043", see_result),
    ("lecturer", CODES["lecturer"], at("/")),
    ("lecturer", CODES["lecturer"], keep_bank),
    ("lecturer", CODES["lecturer"], compose),
    ("lecturer", CODES["lecturer"], read_results),
    ("staff", CODES["staff"], watch),
    ("staff", CODES["staff"], at("/", "/accounts", "/units")),
    ("leader", CODES["leader"], at("/")),
    ("admin", CODES["admin"], at("/", "/accounts")),
)


def _press(page: Page, *names: str) -> None:
    """The first of these buttons that there is."""
    page.get_by_role("button", name=re.compile(f"^({'|'.join(names)})$")).first.click()


def views() -> Iterator[tuple[tuple[int, int], str]]:
    """Every size in every theme."""
    return ((size, theme) for size in SIZES for theme in THEMES)


def take(browser: Browser, address: str, folder: Path, only: str) -> int:
    """Walk every walk in every view; how many walks could not be gone to their end."""
    failures = 0
    for size, theme in views():
        for role, code, walk in WALKS:
            if only and only not in role:
                continue
            page = _enter(browser, address, size, theme, code)

            def shoot(
                name: str, page: Page = page, start: str = role, end: str = f"{size[0]}-{theme}"
            ) -> None:
                page.screenshot(path=folder / f"{start}-{name}-{end}.png", full_page=True)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    print(f"{start}-{name}-{end}: {wide} px too wide")

            try:
                walk(page, shoot)
            except Exception as error:  # noqa: BLE001  (the other pages are worth seeing all the same)
                failures += 1
                print(
                    f"{role}, {walk.__name__}, {size[0]} px, {theme}: {str(error).splitlines()[0]} ({page.url})"
                )
            page.context.close()
    return failures


def _enter(browser: Browser, address: str, size: tuple[int, int], theme: str, code: str) -> Page:
    context = browser.new_context(
        base_url=address,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="vi-VN",
    )
    page = context.new_page()
    if code:
        page.goto("/sign-in")
        page.get_by_label("Mã học viên").fill(code)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--only", default="", help="one role: learner, lecturer, staff, leader, admin, anyone"
    )
    options = parser.parse_args()
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        parser.error("Chromium is missing")
    options.folder.mkdir(parents=True, exist_ok=True)
    with demo_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        failures = take(browser, server.address, options.folder, options.only)
        browser.close()
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
