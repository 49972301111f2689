"""Hosts, proxies, headers, cookies, redirects: what every answer of the site promises, whatever the address."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from lms import create_app
from lms.auth.access.sessions import PLAIN_NAME, SECURE_NAME
from lms.config import Settings
from lms.core import files
from lms.courses.study.views.blueprint import EDITOR_POLICY
from lms.web.headers import POLICY, WITH_PDF
from tests.auth.people import PASSWORD, code_of, with_password
from tests.site.addresses import ROWS
from tests.site.house import Site
from tests.site.test_routes import right_roles
from tests.visitor import Visitor

READS = sorted(one for one in ROWS if one[1] == "GET")
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.7"}
OWN_POLICY = {"study.edit": EDITOR_POLICY, "study.preview": WITH_PDF, "study.read": WITH_PDF}
"""Pages that show PDFs of the site within themselves, and the page with the editor."""
KEPT_FILES = {"bank.media", "delivery.picture", "study.file"}
"""Answers that a browser may keep; private all the same."""
EVIL_TARGETS = (
    "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example", "/\\/evil.example", "https:evil.example",
    "https://evil.example", "http:\\\\evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example",
    "/%09/evil.example/..//evil.example", "//evil.example@localhost", "//localhost@evil.example", "/..//evil.example",
    "javascript:alert(1)", "data:text/html,x", "／／evil.example", "/／evil.example", "⁄⁄evil.example", "/⧸evil.example",
    "https://localhost.evil.example", "//evil。example", " //evil.example", "/ /evil.example\r\nSet-Cookie: a=b", "evil.example",
)  # fmt: skip


def _policy(response: TestResponse, expected: str = POLICY) -> None:
    assert response.headers.get("Content-Security-Policy") == expected
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("endpoint", READS, ids="-".join)
def test_every_answer_carries_the_policy(site: Site, endpoint: tuple[str, str]) -> None:
    """For whoever asks: the right person, a wrong one, a stranger; pages are never kept by a cache."""
    site.forget_limits()
    with site.app.test_request_context():
        url = site.app.url_for(endpoint[0], **ROWS[endpoint].address(site.houses[0]))
    for visitor in (site.visitor("lecturer"), site.visitor("learner"), site.stranger):
        response = visitor.send("GET", url)
        _policy(response, OWN_POLICY.get(endpoint[0], POLICY) if response.status_code == 200 else POLICY)
        kept = endpoint[0] in KEPT_FILES and response.status_code == 200
        assert response.headers["Cache-Control"] == ("private, max-age=3600" if kept else "no-store")


@pytest.mark.parametrize("url", ["/nowhere", "/static/nowhere.css", "/bank/%00", "/papers/%F0%9F%92%A9"])
def test_errors_carry_the_policy(site: Site, url: str) -> None:
    for visitor in (site.visitor("lecturer"), site.visitor("learner"), site.stranger):
        response = visitor.send("GET", url)
        _policy(response)
    assert site.visitor("lecturer").send("GET", url).status_code == 404


@pytest.mark.parametrize(
    "unfit", ["a\0b", "9" * 30, "-1", "é" * 600, "\ud800".encode("utf-8", "surrogatepass")]
)
def test_what_no_database_holds_is_no_error_of_ours(site: Site, unfit: str | bytes) -> None:
    """Every page, asked with parameters that fit no column."""
    names = ("page", "q", "sort", "state", "topic", "seed", "version", "class", "unit", "item", "batch", "n")
    for endpoint in READS:
        site.forget_limits()
        with site.app.test_request_context():
            url = site.app.url_for(endpoint[0], **ROWS[endpoint].address(site.houses[0]))
        role = right_roles(site, endpoint)[0]
        response = site.visitor(role).send("GET", url, query_string=dict.fromkeys(names, unfit))
        assert response.status_code < 500, url


def test_a_policy_without_exceptions() -> None:
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
    assert "default-src 'none'" in POLICY


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_a_foreign_host_name_is_refused(site: Site, host: str) -> None:
    for url in ("/sign-in", "/", "/healthz"):
        response = site.stranger.send("GET", url, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.text


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-Original-Host", "Forwarded", "X-Rewrite-URL"],
)
def test_a_proxys_word_counts_for_nothing_without_hops(site: Site, header: str) -> None:
    for url in ("/", "/sign-in"):
        response = site.stranger.send(
            "GET", url, headers={header: "host=evil.example" if header == "Forwarded" else "evil.example"}
        )
        assert response.status_code in {200, 302}
        assert "evil.example" not in response.text + str(response.headers)


def test_plain_http_is_for_this_machine_only(site: Site) -> None:
    learner = site.visitor("learner")
    for visitor in (learner, site.stranger):
        assert visitor.send("GET", "/sign-in", environ_base=ELSEWHERE).status_code == 403
        assert (
            visitor.send(
                "POST", "/sign-in", data={"csrf_token": visitor.csrf}, environ_base=ELSEWHERE
            ).status_code
            == 403
        )
    for header in ({"X-Forwarded-Proto": "https"}, {"X-Forwarded-For": "127.0.0.1"}):
        assert learner.send("GET", "/", environ_base=ELSEWHERE, headers=header).status_code == 403


@pytest.fixture(scope="module")
def behind_a_proxy(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("proxied")
    yield create_app(replace(settings, instance=folder, proxy_hops=1, trusted_hosts=("hoc.example.vn",)))
    files.configure(root=settings.instance / "files", in_database=not settings.is_sqlite)


def test_with_one_hop_only_the_last_proxy_is_believed(site: Site, behind_a_proxy: Flask) -> None:
    client = behind_a_proxy.test_client()
    told = {"X-Forwarded-For": "127.0.0.1, 203.0.113.7", "X-Forwarded-Host": "hoc.example.vn"}
    assert client.get("/sign-in", headers={**told, "X-Forwarded-Proto": "http"}).status_code == 403
    secure = client.get("/sign-in", headers={**told, "X-Forwarded-Proto": "https"})
    assert secure.status_code == 200
    assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    evil = {**told, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    assert client.get("/sign-in", headers=evil).status_code == 400


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookies_flags(site: Site, secure: bool) -> None:
    learner = with_password(site.account("learner"))
    visitor = Visitor(site.app)
    base = "https://localhost" if secure else "http://localhost"
    data = {"name": code_of(learner), "password": PASSWORD, "csrf_token": visitor.csrf}
    response = visitor.send(
        "POST", "/sign-in", base_url=base, data=data, headers={"Referer": f"{base}/sign-in"}
    )
    assert response.status_code == 302, response.text[:500]
    name = SECURE_NAME if secure else PLAIN_NAME
    cookies = {one.split("=")[0]: one for one in response.headers.getlist("Set-Cookie")}
    flags = {flag.strip().lower() for flag in cookies[name].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/"} <= flags
    assert ("secure" in flags) == secure
    assert not any(flag.startswith("domain") for flag in flags)
    assert "httponly" in cookies["lms-state"].lower()
    site.restore()


@pytest.mark.parametrize("target", EVIL_TARGETS)
def test_no_redirect_leaves_the_site(site: Site, target: str) -> None:
    learner = site.visitor("learner")
    answers = [
        learner.send("GET", "/sign-in", query_string={"next": target}),
        learner.send("POST", "/language", data={"locale": "vi", "next": target, "csrf_token": learner.csrf}),
    ]
    for response in answers:
        assert response.status_code == 302
        assert response.headers["Location"] == "/"
        assert not response.headers.get("Set-Cookie", "").startswith("a=b")


def test_a_redirect_within_the_site_still_works(site: Site) -> None:
    learner = site.visitor("learner")
    assert (
        learner.send("GET", "/sign-in", query_string={"next": "/learn?a=1"}).headers["Location"]
        == "/learn?a=1"
    )
