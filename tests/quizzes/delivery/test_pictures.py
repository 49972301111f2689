"""A learner sees the pictures of the own paper, and no others."""

from lms.core import files
from lms.core.db import UnitOfWork, db
from lms.quizzes.bank.models import BankMedia
from tests.pictures import png
from tests.quizzes.delivery.conftest import Sitting
from tests.visitor import Visitor


def test_the_pictures_of_the_own_paper(sitting: Sitting, stranger: Visitor) -> None:
    with UnitOfWork():
        shown, other = (files.save(png(), f"{name}.png") for name in ("hinh", "khac"))
        db.session.flush()
        for stored in (shown, other):
            db.session.add(BankMedia(bank_id=sitting.bank.id, file_id=stored.id))
    stem = f'Đây là gì? <img src="/files/{shown.public_id}" alt="Hình">'
    version = sitting.world.question(sitting.bank, sitting.lecturer, stem=stem)
    with UnitOfWork():
        pool = dict(sitting.assessment.pool or {})
        pool["items"] = [[version.id, version.question_id, version.topic_id, "recognise", "theory"]]
        pool["cells"] = [{"topic": None, "level": None, "aspect": None, "count": 1, "weight": 100}]
        sitting.assessment.pool = pool
    visitor, address = sitting.visitor(), f"/files/{shown.public_id}"
    visitor.get(address, 404)
    paper = visitor.page(sitting.start(visitor))
    assert paper.xpath("//img/@src") == [address]
    response = visitor.get(address)
    assert (response.mimetype, response.get_data()) == ("image/png", png())
    visitor.get(f"/files/{other.public_id}", 404)
    stranger.get(address, 302)
    sitting.visitor(sitting.world.learner(sitting.centre, sitting.course_class)).get(address, 404)
