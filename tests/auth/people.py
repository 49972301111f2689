"""What stories about signing in need: passwords that are set, and a person who types them."""

from functools import cache

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from lms.auth.access.models import SignInFailure, SignInSession
from lms.auth.access.passwords import hash_password
from lms.auth.accounts.models import Account, NameKind, SignInName
from lms.core.db import UnitOfWork, db
from tests.visitor import Visitor

PASSWORD = "mèo ăn phở ghế tre"
WRONG = "mèo ăn phở ghế gỗ!"


@cache
def hashed(password: str = PASSWORD) -> str:
    """The hash is slow on purpose; one for all stories."""
    return hash_password(password)


def with_password(account: Account, password: str = PASSWORD) -> Account:
    with UnitOfWork():
        account.password_hash = hashed(password)
    return account


def also_called(account: Account, kind: NameKind, value: str) -> Account:
    with UnitOfWork():
        db.session.add(SignInName(account_id=account.id, kind=kind, value=value))
    return account


def code_of(account: Account) -> str:
    return next(name.value for name in account.names if name.kind is NameKind.CODE)


def sign_in(
    visitor: Visitor, name: str, password: str = PASSWORD, status: int = 302, url: str = "/sign-in"
) -> TestResponse:
    return visitor.post(url, {"name": name, "password": password}, status)


def is_in(visitor: Visitor) -> bool:
    """Whether the browser is signed in, asked of a page that every signed-in person sees."""
    return visitor.send("GET", "/account").status_code == 200


def sessions() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(SignInSession)) or 0


def failures() -> int:
    return db.session.scalar(sa.select(sa.func.max(SignInFailure.failures))) or 0


def someone_else(app: Flask) -> Visitor:
    return Visitor(app)
