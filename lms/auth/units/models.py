"""The tree of units: provinces, centres and the units that send learners."""

from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.db import Keyed, Model, choice


class UnitKind(StrEnum):
    """What a unit is; no administrative level is hard-coded."""

    SUPERIOR = "superior"
    CENTRE = "centre"
    PARTY_ORG = "party_org"
    MASS_ORG = "mass_org"
    AGENCY = "agency"


class Unit(Keyed, Model):
    """A unit in the tree. ``path`` lists the ids from the root (``/1/7/``), so that a subtree is a prefix."""

    __tablename__ = "unit"
    __table_args__ = (
        sa.CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="valid_in_order"),
        sa.CheckConstraint("path LIKE '/%/'", name="path_form"),
    )

    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind, "kind"))
    code: Mapped[str] = mapped_column(sa.String(40), default="")
    name: Mapped[str] = mapped_column(sa.String(250))
    short_name: Mapped[str] = mapped_column(sa.String(80), default="")
    sort_key: Mapped[str] = mapped_column(sa.Text)
    search_key: Mapped[str] = mapped_column(sa.Text, index=True)
    path: Mapped[str] = mapped_column(sa.String(250), unique=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("unit.id"))
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id", foreign_keys=[parent_id])
    names: Mapped[list["UnitName"]] = relationship(back_populates="unit", order_by="UnitName.valid_from")


class UnitName(Model):
    """What a unit was called, and when; results of then keep the name of then."""

    __tablename__ = "unit_name"
    __table_args__ = (sa.UniqueConstraint("unit_id", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(sa.String(250))
    valid_from: Mapped[date]

    unit: Mapped[Unit] = relationship(back_populates="names")
