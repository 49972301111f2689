"""Following every link and every GET form that a person is shown, as a curious visitor would."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

import lxml.html
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from tests.counting import counted
from tests.site.house import Site
from tests.visitor import Visitor, check_page

PER_SHAPE, PER_ROUTE = 2, 5
"""Pages of one route with the same query parameters, and with any; the twentieth question looks like the second."""
REDIRECTS = {301, 302, 303, 307, 308}


@dataclass
class Page:
    """What was found at an address."""

    url: str
    endpoint: str
    response: TestResponse
    statements: int
    seen_on: str
    html: lxml.html.HtmlElement | None = None

    @property
    def text(self) -> str:
        """What a browser would read; a workbook's bytes are no text."""
        return self.response.get_data().decode(errors="replace")


@dataclass
class Crawl:
    """Every page found from the home page."""

    pages: list[Page] = field(default_factory=list)

    def of(self, endpoint: str) -> list[Page]:
        return [page for page in self.pages if page.endpoint == endpoint]


def crawl(site: Site, visitor: Visitor, *start: str, check: bool = True) -> Crawl:
    """Walk from ``start`` (the home page) until nothing new is linked."""
    adapter = site.app.url_map.bind("localhost")
    found, known, counts = Crawl(), set[str](), Counter[str]()
    waiting = [(url, "") for url in (start or ("/",))]
    while waiting:
        url, origin = waiting.pop(0)
        endpoint = _endpoint(adapter, url)
        shape = f"{endpoint}?{sorted(parse_qs(urlsplit(url).query, keep_blank_values=True))}"
        enough = counts[shape] >= PER_SHAPE or counts[endpoint] >= PER_ROUTE
        if url in known or endpoint == "static" or (enough and origin):
            continue
        known.add(url)
        counts.update([shape, endpoint])
        page = _fetch(site, visitor, url, endpoint, origin, check=check)
        found.pages.append(page)
        waiting += [(link, url) for link in _links(page) if link not in known]
    return found


def _endpoint(adapter: MapAdapter, url: str) -> str:
    try:
        endpoint, _arguments = adapter.match(urlsplit(url).path, method="GET")
    except Exception:  # noqa: BLE001  (a link to nowhere is fetched and found out by its status)
        return url
    return str(endpoint)


def _fetch(site: Site, visitor: Visitor, url: str, endpoint: str, origin: str, *, check: bool) -> Page:
    site.forget_limits()
    with counted() as statements:
        try:
            response = visitor.send("GET", url)
        except Exception as error:
            error.add_note(f"at {url}, linked on {origin}")
            raise
    page = Page(url, endpoint, response, len(statements), origin)
    if response.mimetype == "text/html" and response.status_code not in REDIRECTS and response.get_data():
        if check:
            check_page(response)
        page.html = lxml.html.fromstring(page.text)
    return page


def _links(page: Page) -> Iterator[str]:
    if page.response.status_code in REDIRECTS:
        yield from _own(page.url, page.response.headers["Location"])
        return
    if page.html is None:
        return
    for address in page.html.xpath("//a/@href | //img/@src"):
        yield from _own(page.url, address)
    for form in page.html.xpath("//form"):
        if (form.get("method") or "get").lower() == "get":
            names = form.xpath(".//input[@name]/@name | .//select[@name]/@name")
            query = "&".join(f"{name}=" for name in dict.fromkeys(names))
            yield from _own(page.url, f"{form.get('action') or page.url}?{query}")


def _own(base: str, address: str) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://localhost{base}", address))
    if parts.scheme == "http" and parts.netloc == "localhost":
        yield parts.path + (f"?{parts.query}" if parts.query else "")
