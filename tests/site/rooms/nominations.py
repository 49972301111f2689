"""Nomination lists: one of the centre's with a doubtful row, one being read, one that the unit drafts, one that it sent."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core import clock
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.classes.models import ClassQuota
from lms.courses.nominations import operations
from lms.courses.nominations.models import ListState, NominationList
from lms.courses.nominations.operations import Typed
from tests.site.fullworld import Builder
from tests.site.rows import Endpoint, Row

STAFF, LEADER, UNIT = "staff", "leader", "unit"
KEEPERS = (STAFF, LEADER)
CLASS = {"key": "class"}
LIST = {"key": "nomination.centre"}
ROW = {**LIST, "row_key": "nomination.row"}
SENT = {"key": "nomination.sent"}
OWN = {"key": "nomination.own"}
TYPED = {"full_name": "Phạm Thị Lan", "born": "1990"}

ROWS: dict[Endpoint, Row] = {
    ("classes.quotas", "GET"): Row(CLASS),
    ("classes.set_quota", "POST"): Row(CLASS, data={"unit": "@unit", "places": "5"}),
    ("classes.remove_quota", "POST"): Row({**CLASS, "unit_key": "unit"}),
    ("classes.set_monitor", "POST"): Row({**CLASS, "account_key": "account.other"}, data={"monitor": "1"}),
    ("nominations.index", "GET"): Row(CLASS),
    ("nominations.upload", "POST"): Row(CLASS, file=True),
    ("nominations.begin", "POST"): Row(CLASS),
    ("nominations.show", "GET"): Row(LIST, KEEPERS),
    ("nominations.progress", "GET"): Row({"key": "nomination.reading"}, KEEPERS),
    ("nominations.add", "POST"): Row(LIST, KEEPERS, {**TYPED, "unit": "@unit"}),
    ("nominations.row", "GET"): Row(ROW, KEEPERS),
    ("nominations.save", "POST"): Row(ROW, KEEPERS, TYPED),
    ("nominations.decide", "POST"): Row(ROW, KEEPERS, {"do": "skip"}),
    ("nominations.choose_person", "POST"): Row({**ROW, "account_key": "account.other"}),
    ("nominations.choose_unit", "POST"): Row(ROW, data={"unit": "@unit", "everywhere": "1"}),
    ("nominations.make_unit", "POST"): Row(ROW, (STAFF,), {"name": "Chi bộ mới lập", "kind": "party_org"}),
    ("nominations.take_in", "POST"): Row(SENT),
    ("nominations.give_back", "POST"): Row(SENT, data={"return-note": "Thiếu người"}),
    ("nominations.discard", "POST"): Row(LIST, KEEPERS),
    ("nominations.open_classes", "GET"): Row(),
    ("nominations.start", "GET"): Row(CLASS),
    ("nominations.nominate", "POST"): Row(CLASS),
    ("nominations.upload_own", "POST"): Row(CLASS, file=True),
    ("nominations.send", "POST"): Row(OWN),
}


def furnish(builder: Builder) -> None:
    """The lists, and a quota that leaves room."""
    world, house = builder.world, builder.house
    staff = world.actor(house.people[Role.STAFF])
    liaison = world.actor(house.people[Role.UNIT])
    with UnitOfWork():
        builder.course_class.nominate_by = clock.to_local(clock.now()).date() + timedelta(days=30)
        quota = ClassQuota(class_id=builder.course_class.id, unit_id=builder.unit.id, places=500)
        db.session.add(quota)
    with UnitOfWork():
        centre = operations.begin_list(actor=staff, course_class=builder.course_class, unit=None)
    with UnitOfWork():
        row = operations.add_row(
            actor=staff, nomination_list=centre, typed=Typed(full_name="Người khác", born="1985")
        )
    builder.keep("nomination.centre", centre)
    builder.keep("nomination.row", row)
    with UnitOfWork():
        reading = operations.begin_list(actor=staff, course_class=builder.course_class, unit=None)
        reading.state = ListState.READING
    builder.keep("nomination.reading", reading)
    for name in ("own", "sent"):
        with UnitOfWork():
            found = operations.begin_list(actor=liaison, course_class=builder.course_class, unit=builder.unit)
        with UnitOfWork():
            operations.add_row(
                actor=liaison,
                nomination_list=found,
                typed=Typed(full_name=f"Lê Thị {name.title()}", born="1990"),
            )
        builder.keep(f"nomination.{name}", found)
    with UnitOfWork():
        key = builder.house["nomination.sent"]
        sent = db.session.scalars(sa.select(NominationList).where(NominationList.public_id == key)).one()
        operations.send(actor=liaison, nomination_list=sent, url="/")
