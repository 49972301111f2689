"""Every route × every person × somebody else's rows, generated from the route map."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lms.web.guard import Access
from tests.site.addresses import ROWS
from tests.site.fullworld import ROLES
from tests.site.house import FIRST, SECOND, Site, fingerprint
from tests.site.rows import Endpoint, Row
from tests.visitor import Visitor, check_page

NO_VIEW = {"static"}
NONSENSE = "khong-co-dau-ca"
each = pytest.mark.parametrize("endpoint", sorted(ROWS), ids="-".join)
each_change = pytest.mark.parametrize(
    "endpoint", sorted(one for one in ROWS if one[1] != "GET"), ids="-".join
)
each_read = pytest.mark.parametrize("endpoint", sorted(one for one in ROWS if one[1] == "GET"), ids="-".join)


def _rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in NO_VIEW:
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule, method


def _access(app: Flask, endpoint: Endpoint) -> Access:
    access: Access = app.view_functions[endpoint[0]].access
    return access


def address_of(site: Site, endpoint: Endpoint, row: Row, **instead: str | int) -> str:
    with site.app.test_request_context():
        return url_for(endpoint[0], **row.address(site.houses[FIRST], **instead))


def _send(site: Site, visitor: Visitor, endpoint: Endpoint, url: str, *, csrf: bool = True) -> TestResponse:
    site.forget_limits()
    options: dict[str, Any] = {}
    if endpoint[1] != "GET":
        options = ROWS[endpoint].options(site.houses[FIRST], visitor.csrf if csrf else "")
    response = visitor.send(endpoint[1], url, **options)
    assert response.status_code < 500, f"{endpoint[1]} {url}: {response.status_code}\n{response.text[:2000]}"
    return response


def _admits(access: Access, role: str) -> bool:
    return not access.roles or role.replace("other", "learner") in {one.value for one in access.roles}


def right_roles(site: Site, endpoint: Endpoint) -> list[str]:
    right = ROWS[endpoint].right
    access = _access(site.app, endpoint)
    return [role for role in ROLES if _admits(access, role) and (right is None or role in right)]


def test_every_route_declares_its_access(session_app: Flask) -> None:
    bare = {
        rule.rule
        for rule, _ in _rules(session_app)
        if not hasattr(session_app.view_functions[rule.endpoint], "access")
    }
    assert not bare, f"routes without declared access: {sorted(bare)}"


def test_every_route_has_a_row(session_app: Flask) -> None:
    routes = {(rule.endpoint, method): rule for rule, method in _rules(session_app)}
    missing = [
        f'{rule.rule}: add ("{one[0]}", "{one[1]}"): Row(...)'
        for one, rule in routes.items()
        if one not in ROWS
    ]
    assert not missing, "tests/site/addresses.py must say who may and which rows the ids name:\n" + "\n".join(
        missing
    )
    assert not set(ROWS) - set(routes), "rows of routes that are gone"
    wrong = [one for one, rule in routes.items() if set(ROWS[one].ids) != rule.arguments]
    assert not wrong, f"ids that don't fit the rule: {wrong}"


@each
def test_only_the_right_people_get_in(site: Site, endpoint: Endpoint) -> None:
    """Roles that the door refuses get 403; those it admits but the rows refuse, 403 or 404; never somebody's page."""
    access, row, url = _access(site.app, endpoint), ROWS[endpoint], address_of(site, endpoint, ROWS[endpoint])
    right = right_roles(site, endpoint)
    assert right, "nobody can use this route; name the right roles in its row"
    before = fingerprint()
    for role in [role for role in ROLES if role not in right]:
        response = _send(site, site.visitor(role), endpoint, url)
        expected = {403} if not _admits(access, role) else {404} if not access.roles else {403, 404}
        assert response.status_code in expected, (
            f"{role}: {response.status_code} {response.headers.get('Location')}"
        )
    if endpoint[1] == "GET" or len(right) < len(ROLES):
        assert fingerprint() == before, "a refused request changed something"
    for role in right:
        response = _send(site, site.visitor(role), endpoint, url)
        ok = response.status_code < 400 or response.status_code in row.status
        assert ok, f"{role}: {response.status_code}\n{response.text[:1500]}"
        assert "/sign-in" not in response.headers.get("Location", "") or endpoint[0] == "access.sign_out"
        if endpoint[1] != "GET":
            site.restore()
        else:
            check_page(response)


@each
def test_a_stranger_is_sent_to_the_sign_in_page(site: Site, endpoint: Endpoint) -> None:
    access, url = _access(site.app, endpoint), address_of(site, endpoint, ROWS[endpoint])
    response = _send(site, site.stranger, endpoint, url)
    if access.public:
        site.restore()
        assert response.status_code not in {401, 403}
        return
    if ROWS[endpoint].json:
        assert (response.status_code, response.json["error"]) == (401, "signed_out")
        return
    assert response.status_code == 302, response.status_code
    assert response.headers["Location"].startswith("/sign-in")


@each
def test_another_centres_rows_are_not_found(site: Site, endpoint: Endpoint) -> None:
    """The right role at another centre gets 404 with this centre's ids — all of them, or any one of them."""
    row = ROWS[endpoint]
    public = {name: key for name, key in row.ids.items() if isinstance(key, str)}
    if not public:
        return
    before = fingerprint()
    url = address_of(site, endpoint, row)
    for role in right_roles(site, endpoint):
        response = _send(site, site.visitor(role, SECOND), endpoint, url)
        assert response.status_code == 404, f"{role}: {response.status_code}"
        for name, key in public.items():
            mixed = address_of(site, endpoint, row, **{name: site.houses[SECOND][key]})
            response = _send(site, site.visitor(role), endpoint, mixed)
            assert response.status_code == 404, f"{role}, foreign {name}: {response.status_code}"
    assert fingerprint() == before


@each
def test_nonsense_ids_are_not_found(site: Site, endpoint: Endpoint) -> None:
    row = ROWS[endpoint]
    for name, key in row.ids.items():
        url = address_of(site, endpoint, row, **{name: NONSENSE if isinstance(key, str) else 9999})
        for role in right_roles(site, endpoint)[:1]:
            response = _send(site, site.visitor(role), endpoint, url)
            assert response.status_code == 404, f"{role}, nonsense {name}: {response.status_code}"


@each_change
def test_nothing_is_changed_without_the_token(site: Site, endpoint: Endpoint) -> None:
    url = address_of(site, endpoint, ROWS[endpoint])
    before = fingerprint()
    for visitor in (site.visitor(right_roles(site, endpoint)[0]), site.stranger):
        response = _send(site, visitor, endpoint, url, csrf=False)
        assert response.status_code == 400, response.status_code
    assert fingerprint() == before


@each_read
def test_reading_changes_nothing(site: Site, endpoint: Endpoint) -> None:
    url = address_of(site, endpoint, ROWS[endpoint])
    noted = ("audit_event",) if ROWS[endpoint].noted else ()
    before = fingerprint(besides=noted)
    for role in right_roles(site, endpoint):
        _send(site, site.visitor(role), endpoint, url)
    assert fingerprint(besides=noted) == before
