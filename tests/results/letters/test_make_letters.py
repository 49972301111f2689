"""Staff make the letters of a class, all at once."""

import io
import zipfile
from datetime import date

import sqlalchemy as sa
from docx import Document
from pypdf import PdfReader

from lms.auth.units.models import UnitName
from lms.core import files
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.jobs.runner import run_pending
from lms.results.class_results.models import ResultState
from lms.results.letters.models import LetterState, UnitLetter
from tests.results.letters.stories import LetterStory
from tests.visitor import Visitor


def pdf_text(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).replace("\n", " ")


def test_one_press_makes_every_units_letter(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    assert "Chưa làm" in staff.page(told.url).text_content()
    staff.post(told.url, status=303)
    assert staff.page(told.url).xpath("//*[@data-poll-url]")
    assert staff.get(f"{told.url}/progress").get_json()["state"] == "running"
    run_pending(told.app, duties=False)
    assert staff.get(f"{told.url}/progress").get_json() == {
        "done": 1, "total": 1, "message": "", "state": "finished", "next_url": told.url,
    }  # fmt: skip
    assert "Đã làm, chưa gửi" in staff.page(told.url).text_content()
    letter = told.letter()
    said = pdf_text(files.open_bytes(letter.pdf))
    for name in (
        "Nguyễn Thị Ửng",
        "Trần Văn Đức",
        "Lê Thị Ấn",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Đảng ủy xã Tân Lập",
    ):
        assert name in said
    assert "Võ Khác Đơn Vị" not in said
    assert "2/3 (66,67 %)" in said
    assert "8,9" in said
    document = Document(io.BytesIO(files.open_bytes(letter.docx)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Nguyễn Thị Ửng" in cells
    assert "Võ Khác Đơn Vị" not in cells


def test_no_letter_before_publication(told: LetterStory) -> None:
    told.publish(told.result, ResultState.SIGNED)
    staff = told.visit(told.staff)
    page = staff.page(told.url)
    assert "kết quả lớp đã công bố" in page.text_content()
    assert not page.xpath(f"//form[@action='{told.url}']")
    assert "chưa được công bố" in staff.post(told.url, status=409).get_data(as_text=True)
    assert run_pending(told.app, duties=False) == 0
    assert db.session.scalars(sa.select(UnitLetter)).all() == []


def test_a_publication_taken_back_meanwhile_makes_no_letter(told: LetterStory) -> None:
    told.visit(told.staff).post(told.url, status=303)
    told.publish(told.result, ResultState.CHECKED)
    run_pending(told.app, duties=False)
    assert db.session.scalars(sa.select(UnitLetter)).all() == []
    assert "chưa được công bố" in told.visit(told.staff).page(told.url).text_content()


def test_making_anew_leaves_sent_letters_and_what_staff_wrote(told: LetterStory) -> None:
    told.make()
    sent = told.send(told.second)
    before = sent.content
    letter = told.letter()
    staff = told.visit(told.staff)
    key = letter.public_id
    staff.post(f"/letters/{key}/recommendation", {"recommendation": "Lời của giáo vụ"}, status=303)
    staff.post(f"/letters/{key}/number", {"number": "12", "dated": "2026-01-20"}, status=303)
    with UnitOfWork():
        told.centre.settings = {"letterhead": {"issuer": "Trung tâm tên mới"}}
    told.make()
    letter = told.letter()
    assert letter.content["head"]["issuer"] == "Trung tâm tên mới"
    assert (letter.recommendation, letter.number) == ("Lời của giáo vụ", "12")
    text = pdf_text(files.open_bytes(letter.pdf))
    assert "Số 12-TB/TTCT" in text
    assert "Lời của giáo vụ" in text
    assert told.letter(told.second).content == before
    assert told.letter(told.second).state is LetterState.SENT


def test_a_second_press_waits_for_the_same_job(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    staff.post(told.url, status=303)
    staff.post(told.url, status=303)
    assert run_pending(told.app, duties=False) == 1


def test_all_letters_leave_as_one_pdf_and_one_zip(told: LetterStory) -> None:
    told.make()
    staff = told.visit(told.staff)
    whole = staff.get(f"{told.url}/all.pdf")
    text = pdf_text(whole.get_data())
    assert text.count("ĐẢNG CỘNG SẢN VIỆT NAM") == 2
    with zipfile.ZipFile(io.BytesIO(staff.get(f"{told.url}/all.zip").get_data())) as bundle:
        names = bundle.namelist()
    assert len(names) == 4
    assert sum(name.endswith(".docx") for name in names) == 2
    one = staff.post(f"{told.url}/bulk", {"do": "pdf", "keys": told.letter().public_id}, status=200)
    assert pdf_text(one.get_data()).count("ĐẢNG CỘNG SẢN VIỆT NAM") == 1
    staff.post(f"{told.url}/bulk", {"do": "zip", "keys": "khong-co"}, status=409)


def test_a_unit_is_called_as_it_was_then(told: LetterStory) -> None:
    with UnitOfWork():
        told.course_class.ends_on = date(2026, 2, 1)
        db.session.add(
            UnitName(unit_id=told.first.id, name="Đảng ủy xã Tân Lập", valid_from=date(2020, 1, 1))
        )
        db.session.add(
            UnitName(unit_id=told.first.id, name="Đảng ủy xã Sáp Nhập", valid_from=date(2026, 3, 1))
        )
        told.first.name = "Đảng ủy xã Sáp Nhập"
    told.make()
    assert told.letter().content["unit"] == "Đảng ủy xã Tân Lập"


def test_a_stranger_may_not(told: LetterStory, stranger: Visitor) -> None:
    stranger.get(told.url, status=302)
    for account in (told.lecturer, told.liaison):
        told.visit(account).get(told.url, status=403)
        told.visit(account).post(told.url, status=403)
    other = told.world.person(Role.STAFF, told.world.centre("Trung tâm khác"))
    told.make()
    for path in ("", "/progress", "/all.pdf", "/all.zip"):
        told.visit(other).get(f"{told.url}{path}", status=404)
    told.visit(other).post(told.url, status=404)
    told.visit(other).post(f"{told.url}/bulk", {"do": "send", "keys": told.letter().public_id}, status=404)
    assert told.letter().state is LetterState.MADE
