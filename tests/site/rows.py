"""What a test of the whole site knows of one address."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.quizzes.bank.stories import TEXT
from tests.site.fullworld import House

Endpoint = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One route and method.

    ``right`` are the roles that succeed: None for all whom the declared access admits. ``status`` are the answers
    they may get besides 2xx and 3xx. ``noted``: that somebody looked is itself recorded in the audit trail.
    """

    ids: Mapping[str, str | int] = field(default_factory=dict)
    right: tuple[str, ...] | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    status: tuple[int, ...] = ()
    json: bool = False
    file: bool = False
    noted: bool = False

    def address(self, house: House, **instead: str | int) -> dict[str, str | int]:
        """The route's arguments with ids of ``house``."""
        named = {arg: house[name] if isinstance(name, str) else name for arg, name in self.ids.items()}
        return {**named, **instead}

    def options(self, house: House, csrf: str = "") -> dict[str, Any]:
        """What the test client is given, with the token where there is one."""
        sent = {name: house[value[1:]] if _is_name(value) else value for name, value in self.data.items()}
        if self.json:
            return {"json": sent, "headers": {"X-CSRFToken": csrf} if csrf else {}}
        if csrf:
            sent["csrf_token"] = csrf
        if self.file:
            sent["file"] = (io.BytesIO(TEXT.encode()), "cau-hoi.txt")
            return {"data": sent, "content_type": "multipart/form-data"}
        return {"data": sent}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value.startswith("@")
