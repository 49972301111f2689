"""People who can sign in, the names they sign in with, and the roles they hold."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lms.auth.units.models import Unit
from lms.core import vietnamese
from lms.core.actor import Role
from lms.core.db import Keyed, Model, choice


class AccountState(StrEnum):
    """Whether a person may sign in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


class NameKind(StrEnum):
    """Kinds of names in the one namespace for signing in; only phone numbers may be shared."""

    CODE = "code"
    PHONE = "phone"
    EMAIL = "email"


class SecretKind(StrEnum):
    """What a person proves himself with; a PIN of six digits is for those who are learners and nothing else."""

    PASSWORD = "password"  # noqa: S105  (a kind of secret, not one)
    PIN = "pin"


class Account(Keyed, Model):
    """A person. ``born`` stays as it was given: ``22/11/1979`` or a year alone, ``1985``.

    ``sort_key`` and ``search_key`` follow ``full_name`` by themselves.
    ``password_hash`` is the argon2 hash of the secret, password or PIN, that ``secret_kind`` names.
    """

    __tablename__ = "account"
    __table_args__ = (sa.CheckConstraint("full_name <> ''", name="has_name"),)

    full_name: Mapped[str] = mapped_column(sa.String(120))
    sort_key: Mapped[str] = mapped_column(sa.Text, index=True)
    search_key: Mapped[str] = mapped_column(sa.Text, index=True)
    born: Mapped[str] = mapped_column(sa.String(10), default="")
    gender: Mapped[str] = mapped_column(sa.String(10), default="")
    unit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    state: Mapped[AccountState] = mapped_column(choice(AccountState, "state"), default=AccountState.ACTIVE)
    password_hash: Mapped[str] = mapped_column(sa.String(200), default="")
    secret_kind: Mapped[SecretKind] = mapped_column(
        choice(SecretKind, "secret_kind"), default=SecretKind.PASSWORD
    )
    must_change_password: Mapped[bool] = mapped_column(default=True)
    one_time_expires_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    created_at: Mapped[datetime]

    unit: Mapped[Unit | None] = relationship()
    names: Mapped[list["SignInName"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="SignInName.kind"
    )
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="RoleGrant.id"
    )

    @validates("full_name")
    def _key(self, _name: str, full_name: str) -> str:
        self.sort_key = vietnamese.sort_key(full_name)
        self.search_key = vietnamese.search_key(full_name)
        return full_name


class SignInName(Model):
    """A learner code, phone number or e-mail address, normalised; one namespace."""

    __tablename__ = "sign_in_name"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "kind", "value"),
        sa.Index(
            "uq_sign_in_name_value_unshared",
            "value",
            unique=True,
            sqlite_where=sa.text("kind <> 'phone'"),
            postgresql_where=sa.text("kind <> 'phone'"),
        ),
        sa.Index("ix_sign_in_name_value", "value"),
        sa.CheckConstraint("value <> ''", name="has_value"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    kind: Mapped[NameKind] = mapped_column(choice(NameKind, "kind"))
    value: Mapped[str] = mapped_column(sa.String(120))

    account: Mapped[Account] = relationship(back_populates="names")


class RoleGrant(Model):
    """A role held over a subtree of units."""

    __tablename__ = "role_grant"
    __table_args__ = (sa.UniqueConstraint("account_id", "role", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)

    account: Mapped[Account] = relationship(back_populates="grants")
    unit: Mapped[Unit] = relationship()
