"""One at a time changes the catalogue of a centre."""

import sqlalchemy as sa

from lms.auth.units.models import Unit
from lms.core.db import db


def lock_catalogue(*, unit: Unit) -> None:
    """Wait until nobody else changes it, so that no code and no position comes twice."""
    db.session.execute(sa.select(Unit.id).where(Unit.id == unit.id).with_for_update(key_share=True))
