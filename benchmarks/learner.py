"""A learner's browser for benchmarks: one kept-alive connection, cookies, bytes counted as they are on the wire."""

import http.client
import json
import re
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from lms.web.measure import HEADER

SEE_OTHER = 300


@dataclass
class Reply:
    """What came back; ``wire`` counts head and body as sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire: int
    statements: int

    @property
    def text(self) -> str:
        """The body as text."""
        import gzip  # noqa: PLC0415  (only where the server compressed)

        raw = gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body
        return raw.decode()


@dataclass
class Learner:
    """Goes the way of one learner, step by step."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        """One request."""
        sent = {"Accept-Encoding": "gzip", "Accept": "text/html", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        names = {name.lower(): value for name, value in response.getheaders()}
        head = sum(len(name) + len(value) + 4 for name, value in response.getheaders()) + 17
        return Reply(response.status, names, content, head + len(content), int(names.get(HEADER.lower(), 0)))

    def get(self, path: str) -> Reply:
        """Fetch a page and keep its CSRF token."""
        reply = self.send("GET", path)
        if found := re.search(r'name="csrf_token"[^>]*value="([^"]+)"', reply.text):
            self.csrf = found.group(1)
        return reply

    def post(self, path: str, **fields: str) -> Reply:
        """Send a form."""
        body = urlencode({"csrf_token": self.csrf, **fields}).encode()
        reply = self.send("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})
        if reply.status < SEE_OTHER:
            raise RuntimeError(f"{path}: {reply.status} instead of a redirect")
        return reply

    def save(self, url: str, slot: int, revision: int) -> Reply:
        """Save one answer as the exam page does."""
        body = json.dumps(
            {
                "slot": slot,
                "revision": revision,
                "base": revision - 1,
                "key": str(uuid.uuid4()),
                "client": "bench",
                "answer": "abcd"[(slot + revision) % 4],
                "flagged": False,
            }
        ).encode()
        reply = self.send(
            "POST",
            url,
            body,
            **{"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": self.csrf},
        )
        if reply.status != http.HTTPStatus.OK:
            raise RuntimeError(f"a save was answered {reply.status}: {reply.body[:200]!r}")
        return reply
