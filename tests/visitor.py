"""A browser for tests: carries cookies and the CSRF token, and checks every page it is given as HTML."""

from contextvars import Context
from typing import Any

import lxml.html
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from lms.auth.access.models import SignInSession
from lms.auth.access.sessions import PLAIN_NAME, new_token, token_hash
from lms.auth.accounts.models import Account
from lms.core import clock
from lms.core.db import UnitOfWork, db

CSRF_RAW = "0123456789abcdef0123456789abcdef01234567"
INPUTS_WITHOUT_LABEL = {"hidden", "submit", "button", "image", "reset"}


class Visitor:
    """Fetches pages and posts forms as one person."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["csrf_token"] = CSRF_RAW
        signer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token")
        self.csrf = signer.dumps(CSRF_RAW)

    def sign_in_as(self, account: Account) -> "Visitor":
        """Carry a session of ``account`` without going through the sign-in page."""
        token = new_token()
        with UnitOfWork():
            db.session.add(
                SignInSession(
                    token_hash=token_hash(token),
                    account_id=account.id,
                    created_at=clock.now(),
                    expires_at=clock.now().replace(year=clock.now().year + 1),
                )
            )
        self.client.set_cookie(PLAIN_NAME, token, domain="localhost")
        return self

    def send(self, method: str, url: str, **options: Any) -> TestResponse:
        """One request in a context of its own, as a server runs it, its answer read to the end.

        What the test had loaded is read anew after.
        """
        db.session.rollback()
        response: TestResponse = Context().run(self.client.open, url, method=method, buffered=True, **options)
        # A large body waits in a temporary file that nobody closes; found by the collector during another test,
        # it failed that one.
        response.request.environ["wsgi.input"].close()
        db.session.expire_all()
        return response

    def get(self, url: str, status: int = 200, **options: Any) -> TestResponse:
        """Fetch ``url``, expect ``status``, check the page."""
        response = self.send("GET", url, **options)
        assert response.status_code == status, self._explain(response, url, status)
        check_page(response)
        return response

    def page(self, url: str, status: int = 200) -> lxml.html.HtmlElement:
        """The parsed page at ``url``."""
        return lxml.html.fromstring(self.get(url, status).get_data(as_text=True))

    def post(
        self, url: str, data: dict[str, Any] | None = None, status: int = 302, **options: Any
    ) -> TestResponse:
        """Send a form with its CSRF token."""
        response = self.send("POST", url, data={"csrf_token": self.csrf, **(data or {})}, **options)
        assert response.status_code == status, self._explain(response, url, status)
        check_page(response)
        return response

    def post_json(self, url: str, data: object, status: int = 200) -> Any:
        """Send JSON as the exam page does."""
        response = self.send("POST", url, json=data, headers={"X-CSRFToken": self.csrf})
        assert response.status_code == status, self._explain(response, url, status)
        return response.get_json()

    @staticmethod
    def _explain(response: TestResponse, url: str, status: int) -> str:
        where = response.headers.get("Location", "")
        text = response.get_data(as_text=True)[:1500]
        return f"{url}: expected {status}, got {response.status_code} {where}\n{text}"


def check_page(response: TestResponse) -> None:
    """HTML sanity: title, one h1, unique ids, a label for every field, nothing inline."""
    if response.mimetype != "text/html" or not response.get_data():
        return
    text = response.get_data(as_text=True)
    if response.status_code in {301, 302, 303, 308}:
        return
    page = lxml.html.fromstring(text)
    where = response.request.path
    assert (page.findtext(".//title") or "").strip(), f"{where}: no title"
    assert len(page.xpath("//h1")) == 1, f"{where}: {len(page.xpath('//h1'))} h1"
    ids = page.xpath("//@id")
    twice = {one for one in ids if ids.count(one) > 1}
    assert not twice, f"{where}: ids twice: {sorted(twice)}"
    assert page.get("lang") in {"vi", "en"}, f"{where}: no lang"
    labelled = set(page.xpath("//label/@for"))
    for field in page.xpath("//input|//select|//textarea"):
        if field.get("type") in INPUTS_WITHOUT_LABEL:
            continue
        named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
        assert named or field.xpath("ancestor::label"), f"{where}: field {field.get('name')} has no label"
    assert not page.xpath("//*[@style]"), f"{where}: inline style"
    assert not page.xpath("//style|//script[not(@src)]"), f"{where}: inline script or style"
    handlers = page.xpath("//@*[starts-with(name(), 'on')]")
    assert not handlers, f"{where}: inline handler"
    for image in page.xpath("//img"):
        assert image.get("alt") is not None, f"{where}: image without alt"
    assert "Content-Security-Policy" in response.headers
