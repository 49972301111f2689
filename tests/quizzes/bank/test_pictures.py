"""Pictures of a Word file are kept, shown to the bank's readers, and to nobody else."""

import io

import docx
import pytest
import sqlalchemy as sa
from flask import Flask

from lms.core.actor import Role
from lms.core.db import db
from lms.quizzes.bank.models import BankMedia, QuestionVersion
from lms.quizzes.bank.queries import media_of
from tests.pictures import png
from tests.quizzes.bank.stories import Story, story
from tests.visitor import Visitor
from tests.world import World


def word_file() -> bytes:
    document = docx.Document()
    stem = document.add_paragraph("Câu 1: Hình sau là gì? ")
    stem.add_run().add_picture(io.BytesIO(png()))
    for option in ("A. Ô vuông", "B. Hình tròn", "C. Tam giác", "D. Đường thẳng"):
        document.add_paragraph(option)
    document.add_paragraph("Đáp án: A")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


def picture(told: Story, visitor: Visitor) -> str:
    key = told.upload(visitor, word_file(), "hinh.docx", **told.placed())
    page = visitor.page(f"/bank/import/{key}")
    address: str = page.xpath('//div[@class="look-stem"]//img/@src')[0]
    visitor.post(f"/bank/import/{key}/items/{told.items(key)[0]}", {"do": "accept"}, status=303)
    visitor.post(f"/bank/import/{key}/import", status=303)
    return address


def test_a_picture_is_shown_and_follows_into_the_version(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    address = picture(told, visitor)
    response = visitor.get(address)
    assert (response.mimetype, response.get_data()) == ("image/png", png())
    version = db.session.scalars(sa.select(QuestionVersion)).one()
    assert media_of(version) == (address.rsplit("/", 1)[-1],)
    page = visitor.page(f"/bank/{told.bank.public_id}/questions/{version.question.public_id}")
    assert page.xpath('//div[@class="look-stem"]//img/@src') == [address]


def test_editing_the_text_keeps_the_picture_and_no_other(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    own = picture(told, visitor).rsplit("/", 1)[-1]
    version = db.session.scalars(sa.select(QuestionVersion)).one()
    address = f"/bank/{told.bank.public_id}/questions/{version.question.public_id}/edit"
    options = {f"option-{letter}": f"Phương án {letter}" for letter in "ABCD"}
    fields = {"do": "save", "kind": "single_choice", "key": "A", "based_on": "1", **options, **told.placed()}
    visitor.post(address, {**fields, "stem": f"Đây là gì? ⟦{own}⟧ ⟦0123456789abcdef⟧"}, status=303)
    db.session.rollback()
    latest = db.session.scalars(sa.select(QuestionVersion).order_by(QuestionVersion.number.desc())).first()
    assert latest.content["stem"] == f'Đây là gì? <img src="/files/{own}" alt="Hình">'


def test_an_uploaded_file_is_no_picture(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    picture(told, visitor)
    batch = db.session.execute(
        sa.text("SELECT public_id FROM stored_file WHERE name = 'hinh.docx'")
    ).scalar_one()
    visitor.get(f"/files/{batch}", 404)


def test_a_stranger_and_others_may_not(told: Story, world: World, stranger: Visitor) -> None:
    visitor = told.visit(told.lecturer)
    address = picture(told, visitor)
    stranger.get(address, 302)
    told.visit(world.learner(told.centre)).get(address, 404)
    other = told.visit(world.person(Role.LECTURER, world.centre("Khác")))
    other.get(address, 404)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BankMedia)) == 1
