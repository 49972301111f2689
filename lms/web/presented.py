"""The credential of a request for routes that check it inside their own statement."""

from collections.abc import Callable

from flask import Flask, current_app

KEY = "lms_presented_token"


def plug_in_token_reader(app: Flask, read: Callable[[], str | None]) -> None:
    """Let the access room tell which stored form of a token a request carries."""
    app.extensions[KEY] = read


def presented_token_hash() -> str | None:
    """The stored form of this request's sign-in token, or None."""
    read: Callable[[], str | None] = current_app.extensions[KEY]
    return read()
