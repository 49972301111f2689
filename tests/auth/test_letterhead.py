"""How the heading of a centre's official papers reads is set by staff, leaders and administrators."""

import io

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader

from lms.audit.models import AuditEvent
from lms.auth.units.letterhead import DEPUTY, Letterhead, letterhead
from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import db
from tests.visitor import Visitor
from tests.world import World

CHOSEN = {
    "style": "party",
    "superior": " Đảng ủy  xã Tân Lập ",
    "issuer": "Trung tâm Chính trị",
    "code": "TTCT",
    "place": "Tân Lập",
    "signer_role": "deputy",
    "signer_name": "Lê Thị Ấn",
}


@pytest.fixture
def centre(world: World) -> Unit:
    return world.centre("Trung tâm thử")


def text_of(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", " ")


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.ADMIN])
def test_it_is_set_previewed_and_recorded(app: Flask, world: World, centre: Unit, role: Role) -> None:
    visitor = Visitor(app).sign_in_as(world.person(role, centre))
    url = f"/units/{centre.public_id}/letterhead"
    assert visitor.page(url).xpath("//input[@name='issuer']/@value") == ["Trung tâm thử"]
    visitor.post(url, CHOSEN, status=303)
    assert visitor.page(url).xpath("//option[@value='deputy']/@selected")
    kept = letterhead(centre)
    assert kept == Letterhead(
        "party", "Đảng ủy xã Tân Lập", "Trung tâm Chính trị", "TTCT", "Tân Lập", DEPUTY, "Lê Thị Ấn"
    )
    text = text_of(visitor.get(f"{url}.pdf").get_data())
    for words in (
        "ĐẢNG ỦY XÃ TÂN LẬP",
        "TRUNG TÂM CHÍNH TRỊ",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "K/T GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
    ):
        assert words in text
    (event,) = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "unit.letterhead")).all()
    assert event.data["to"]["code"] == "TTCT"


def test_a_state_bodys_heading(app: Flask, world: World, centre: Unit) -> None:
    visitor = Visitor(app).sign_in_as(world.person(Role.STAFF, centre))
    url = f"/units/{centre.public_id}/letterhead"
    visitor.post(url, {**CHOSEN, "style": "state"}, status=303)
    text = text_of(visitor.get(f"{url}.pdf").get_data())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "/TB-TTCT" in text
    assert "KT. GIÁM ĐỐC" in text


def test_what_is_missing_is_said(app: Flask, world: World, centre: Unit) -> None:
    visitor = Visitor(app).sign_in_as(world.person(Role.STAFF, centre))
    url = f"/units/{centre.public_id}/letterhead"
    assert "Hãy ghi tên cơ quan ban hành" in visitor.post(url, {**CHOSEN, "issuer": ""}, 422).get_data(
        as_text=True
    )
    visitor.post(url, {**CHOSEN, "issuer": "\u200b"}, 422)
    visitor.post(url, {**CHOSEN, "style": "other"}, 422)
    assert centre.settings == {}


def test_a_centre_without_one_takes_the_names_of_the_tree(world: World, centre: Unit) -> None:
    assert letterhead(centre).issuer == "Trung tâm thử"
    named = world.centre("Trung tâm hai", superior="Tỉnh ủy Thử")
    assert letterhead(named).superior == "Tỉnh ủy Thử"


def test_a_stranger_may_not(app: Flask, world: World, centre: Unit, stranger: Visitor) -> None:
    url = f"/units/{centre.public_id}/letterhead"
    stranger.get(url, status=302)
    for role in (Role.LEARNER, Role.LECTURER, Role.UNIT, Role.OVERSEER):
        visitor = Visitor(app).sign_in_as(world.person(role, centre))
        visitor.get(url, status=403)
        visitor.post(url, CHOSEN, status=403)
    other = Visitor(app).sign_in_as(world.person(Role.ADMIN, world.centre("Trung tâm khác")))
    other.get(url, status=404)
    other.get(f"{url}.pdf", status=404)
    other.post(url, CHOSEN, status=404)
    unit = world.unit(parent=centre)
    Visitor(app).sign_in_as(world.person(Role.ADMIN, centre)).get(
        f"/units/{unit.public_id}/letterhead", status=404
    )
    assert centre.settings == {}
