"""How many SQL statements a request took, told in a header; for benchmarks, off unless asked for."""

import threading
from typing import Any

from flask import Flask, Response
from sqlalchemy import event
from sqlalchemy.engine import Engine

HEADER = "X-Sql-Statements"


def init_measure(app: Flask) -> None:
    """Count the statements of every request and say the count."""
    counter = threading.local()

    @event.listens_for(Engine, "before_cursor_execute")
    def _count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            counter.count = getattr(counter, "count", 0) + 1

    @app.before_request
    def _start() -> None:
        counter.count = 0

    @app.after_request
    def _tell(response: Response) -> Response:
        response.headers[HEADER] = str(getattr(counter, "count", 0))
        return response
