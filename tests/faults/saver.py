"""A learner's page without a browser: saves answer after answer, asks again until each is acknowledged, logs both."""

import http.client
import json
import re
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

SLOTS = 4
LETTERS = "abcd"
GIVE_UP = 20.0
"""Seconds after which a save that nobody acknowledges fails the test."""


class NeverAcknowledgedError(Exception):
    """The server did not come back, or answered what it must not."""


@dataclass
class Saver:
    """One client with its own connection and its own log of one JSON line an event."""

    address: str
    token: str
    log: Path
    paper: str = ""
    csrf: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    retried: int = 0
    longest: float = 0.0
    """The longest time in seconds from the first send of a save to its acknowledgement."""
    connection: http.client.HTTPConnection | None = None

    def start(self, front: str) -> None:
        """Begin the assessment."""
        _status, page, _ = self._request("GET", front)
        self.csrf = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[0]
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        _status, _page, self.paper = self._request("POST", f"{front}/start", f"csrf_token={self.csrf}", form)

    def go_on(self, stop: Event) -> None:
        """Save until ``stop``, slot after slot, each with the next revision."""
        number = 0
        while not stop.is_set():
            slot, revision = number % SLOTS + 1, number // SLOTS + 1
            self.save(slot, revision, LETTERS[number % 3])
            number += 1

    def save(self, slot: int, revision: int, answer: str) -> None:
        """One save, sent again with the same key until it is acknowledged."""
        body = {"slot": slot, "revision": revision, "base": revision - 1, "answer": answer}
        body |= {"key": uuid.uuid4().hex, "client": "saver"}
        self._note("sent", body)
        began = time.monotonic()
        while (reply := self._try(body)) is None:
            self.retried += 1
            if time.monotonic() - began > GIVE_UP:
                raise NeverAcknowledgedError(f"slot {slot} revision {revision}")
            time.sleep(0.05)
        if (reply["slot"], reply["revision"]) != (slot, revision):
            raise NeverAcknowledgedError(f"{reply} instead of slot {slot} revision {revision}")
        self._note("acknowledged", body)
        self.longest = max(self.longest, time.monotonic() - began)

    def _try(self, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.csrf}
        try:
            status, text, _ = self._request("POST", f"{self.paper}/answers", json.dumps(body), headers)
        except (OSError, http.client.HTTPException):
            self.connection = None
            return None
        if status == 503:
            return None
        if status != 200:
            raise NeverAcknowledgedError(f"{status}: {text}")
        return json.loads(text)

    def _request(
        self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=GIVE_UP)
        cookies = {"lms": self.token, **self.cookies}
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), **(headers or {})}
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        text = response.read().decode()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        return response.status, text, response.headers.get("Location", "")

    def _note(self, event: str, body: dict[str, Any]) -> None:
        with self.log.open("a") as file:
            file.write(json.dumps({"event": event, **body}) + "\n")

    def noted(self, event: str) -> list[dict[str, Any]]:
        """The log's lines of one kind."""
        lines = [json.loads(line) for line in self.log.read_text().splitlines()]
        return [line for line in lines if line["event"] == event]
