"""Somebody before a screen: a browser of their own, and every complaint it makes."""

import re
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request

PHONE = (360, 740)
DESK = (1280, 800)
PATIENCE = 30_000
"""Milliseconds that a page gets to become what a test waits for; machines that run tests are busy."""

NO_NETWORK = r"net::ERR_(INTERNET_DISCONNECTED|FAILED|CONNECTION_RESET|NETWORK_CHANGED)"
"""What browsers say of requests that a test stopped."""

TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`security policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


class Person:
    """One person's browser. What its console, its scripts or the server complain of fails the test at the end,
    unless the test said before that it would come (``expects``)."""

    def __init__(
        self,
        chromium: Browser,
        address: str,
        *,
        size: tuple[int, int] = DESK,
        scripts: bool = True,
        dark: bool = False,
    ) -> None:
        self.context = chromium.new_context(
            base_url=address,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="vi-VN",
            accept_downloads=True,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(TELL_VIOLATIONS)
        self._complaints: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._unanswered: set[Request] = set()
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self._complaints.append(f"script: {error.error}"))
        self.context.on("request", self._asked)
        self.context.on("requestfinished", self._answered)
        self.context.on("requestfailed", self._failed)
        self.page = self.new_page()

    def new_page(self) -> Page:
        """One more tab."""
        return self.context.new_page()

    def expects(self, *patterns: str) -> Self:
        """What a fault is meant to make the browser say, as regular expressions."""
        self._expected += [re.compile(pattern) for pattern in patterns]
        return self

    @property
    def complaints(self) -> list[str]:
        """What was complained of and not expected."""
        return [said for said in self._complaints if not any(one.search(said) for one in self._expected)]

    @property
    def unanswered(self) -> list[str]:
        """Requests that are still on their way."""
        return [f"{request.method} {request.url}" for request in self._unanswered]

    def sign_in(self, name: str, password: str, page: Page | None = None) -> None:
        """Through the sign-in page, as people do."""
        page = page or self.page
        page.goto("/sign-in")
        page.get_by_label("Mã học viên").fill(name)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} ({message.location['url']})")

    def _asked(self, request: Request) -> None:
        self._unanswered.add(request)

    def _answered(self, request: Request) -> None:
        self._unanswered.discard(request)

    def _failed(self, request: Request) -> None:
        self._unanswered.discard(request)
        if request.failure != "net::ERR_ABORTED":  # a page that was left, or a download
            self._complaints.append(f"{request.failure} ({request.url})")


def option(page: Page, slot: int, letter: str) -> Locator:
    """The option with this id in a question of the paper; options are shuffled, ids are not."""
    return page.locator(f'#q-{slot} label.exam-option:has(input[value="{letter}"])')
