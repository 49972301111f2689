"""Errors as answers: one handler turns every refusal into a page or a JSON object, in the reader's language."""

import traceback

import structlog
from flask import Flask, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as DatabaseTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from lms.core import seeds
from lms.core.db import db
from lms.core.errors import DomainError, TooMany
from lms.web.i18n import say

log = structlog.get_logger("lms.web")
PAGES = frozenset({400, 403, 404, 409, 422, 429, 500, 503})


def pdf_answer(made: bytes, name: str) -> Response:
    """A PDF to be shown, called ``name.pdf`` where it is kept; ``name`` is plain ASCII."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(made, mimetype="application/pdf", headers=headers)


def wants_json() -> bool:
    """Whether a program asks: it sends JSON, or prefers it to HTML."""
    if request.is_json:
        return True
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def answer(status: int, code: str, message: str, **extra: object) -> ResponseReturnValue:
    """An error as the asker can read it."""
    db.session.rollback()
    if wants_json():
        return {"error": code, "message": message, **extra}, status
    page = status if status in PAGES else (500 if status >= 500 else 400)  # noqa: PLR2004  (HTTP's own border)
    return render_template(f"errors/{page}.html", message=message, reference=extra.get("reference")), status


def refused(error: DomainError) -> ResponseReturnValue:
    """What an operation would not do."""
    response = current_app.make_response(answer(error.status, error.code, say(error.message)))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def forged(error: CSRFError) -> ResponseReturnValue:
    """A request without our token; a program gets a fresh one, so that an open paper can go on."""
    log.info("csrf_refused", path=request.path, why=error.description)
    return answer(400, "csrf", "", csrf_token=generate_csrf())


def foreign_host(error: SecurityError) -> ResponseReturnValue:
    """A host name that isn't ours: no page can be made, since every address on it would be built upon that name."""
    log.warning("foreign_host_refused", why=error.description)
    return "400 Bad Request\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def http(error: HTTPException) -> ResponseReturnValue:
    """What Flask itself refuses."""
    status = error.code or 500
    if status < 400:  # noqa: PLR2004  (a redirect is no error)
        return error.get_response()
    response = current_app.make_response(answer(status, error.name.lower().replace(" ", "_"), ""))
    for name, value in error.get_headers():
        if name.lower() in {"allow", "retry-after"}:
            response.headers[name] = value
    return response


def database(error: DBAPIError) -> ResponseReturnValue:
    """The database is away (503), can't hold what was sent (404, 422), or got what should never reach it (500)."""
    if error.connection_invalidated or isinstance(error, OperationalError):
        return unavailable(error)
    if isinstance(
        error, DataError
    ):  # a NUL in a text, a number beyond its column; no address has one of those
        log.warning("unfit_data", path=request.path, error=_headline(error))
        return answer(*((404, "not_found") if request.method == "GET" else (422, "invalid")), "")
    reference = seeds.token(8)
    log.error("database_error", reference=reference, path=request.path, error=_headline(error))
    return answer(500, "internal", "", reference=reference)


def _headline(error: DBAPIError | DatabaseTimeout) -> str:
    """What the database says without its details, which quote the row: answers and hashes stay out of the log."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(cause).__name__}: {str(cause).partition(chr(10))[0]}"


def unavailable(error: DBAPIError | DatabaseTimeout) -> ResponseReturnValue:
    """The database is away, or everybody waits for it: nothing was done, and asking again helps."""
    reference = seeds.token(8)
    log.error("database_error", reference=reference, path=request.path, error=_headline(error))
    g.setdefault("actor", None)  # the page must not ask who reads it
    response = current_app.make_response(answer(503, "unavailable", "", reference=reference))
    response.headers["Retry-After"] = "2"
    return response


def unexpected(error: Exception) -> ResponseReturnValue:
    """A fault of ours: the log has the trace, the reader the reference to it."""
    if current_app.config["PROPAGATE_EXCEPTIONS"]:
        raise error
    reference = seeds.token(8)
    trace = "".join(traceback.format_exception(error))
    log.error("unexpected_error", reference=reference, path=request.path, trace=trace)
    return answer(500, "internal", "", reference=reference)


def register_error_handlers(app: Flask) -> None:
    """One handler a family of errors."""
    app.register_error_handler(DomainError, refused)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(SecurityError, foreign_host)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(DBAPIError, database)
    app.register_error_handler(DatabaseTimeout, unavailable)
    app.register_error_handler(Exception, unexpected)
