"""Questions that cite a replaced document are listed for a second look; another centre's are not."""

from flask import Flask

from lms.auth.units.models import Unit
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.courses.catalogue.models import SourceDocument
from lms.quizzes.bank.models import QuestionState, QuestionVersion
from tests.visitor import Visitor
from tests.world import World


def replaced_document(centre: Unit) -> SourceDocument:
    with UnitOfWork():
        new = SourceDocument(unit_id=centre.id, code="MOI", title="Văn bản mới")
        old = SourceDocument(unit_id=centre.id, code="CU", title="Văn bản cũ")
        db.session.add_all([new, old])
        db.session.flush()
        old.replaced_by_id = new.id
    return old


def cite(world: World, centre: Unit, old: SourceDocument, **fields: object) -> QuestionVersion:
    lecturer = world.person(Role.LECTURER, centre)
    version = world.question(world.bank(centre), lecturer, **fields)
    with UnitOfWork():
        version.source_id, version.source_place = old.id, "Điều 7"
    return version


def test_a_question_that_cites_a_replaced_document_is_stale(app: Flask, world: World) -> None:
    centre = world.centre()
    old = replaced_document(centre)
    version = cite(world, centre, old)
    retired = cite(world, centre, old, state=QuestionState.RETIRED)
    page = Visitor(app).sign_in_as(world.person(Role.LEADER, centre)).page("/sources/stale")
    found = [str(one) for one in page.xpath("//main//a/@href") if "/questions/" in one]
    assert len(found) == 1
    assert version.question.public_id in found[0]
    assert retired.question.public_id not in "".join(found)
    assert "Điều 7" in page.text_content()


def test_questions_of_another_centre_stay_unseen(app: Flask, world: World) -> None:
    centre = world.centre()
    cite(world, centre, replaced_document(centre))
    stranger = world.person(Role.LEADER, world.centre("Trung tâm khác"))
    page = Visitor(app).sign_in_as(stranger).page("/sources/stale").text_content()
    assert "Không có chỗ nào cần rà soát" in page
