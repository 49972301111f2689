"""Headers of every answer: a strict content security policy and its company."""

from flask import Flask, Response, make_response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
WITH_PDF = f"{POLICY}; object-src 'self'; frame-src 'self'"
"""Of pages that show a PDF of the site within themselves."""
YEAR = 31_536_000


def under(policy: str, page: str, status: int = 200) -> Response:
    """The page with a security policy of its own."""
    response = make_response(page, status)
    response.headers["Content-Security-Policy"] = policy
    return response


def init_headers(app: Flask) -> None:
    """Send them with everything; nothing personal is kept by a cache."""

    @app.after_request
    def protect(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["X-Frame-Options"] = "DENY"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if request.is_secure:
            headers["Strict-Transport-Security"] = f"max-age={YEAR}; includeSubDomains"
        # "no-cache" is what a file that is sent says of itself
        if request.endpoint != "static" and headers.get("Cache-Control", "no-cache") == "no-cache":
            headers["Cache-Control"] = "no-store"
        return response
