"""A letter's way: recommendation, number, scan, sent, opened, answered; and who may not."""

import io

import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.core import files
from lms.core.actor import Role
from lms.core.db import db
from lms.notices.models import Notice
from lms.results.letters.models import LetterState
from tests.pictures import png
from tests.results.letters.stories import LetterStory
from tests.results.letters.test_make_letters import pdf_text
from tests.visitor import Visitor


def attached(visitor: Visitor, url: str, data: bytes, name: str, status: int = 303) -> str:
    sent = {"csrf_token": visitor.csrf, "file": (io.BytesIO(data), name)}
    response = visitor.send("POST", url, data=sent, content_type="multipart/form-data")
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_the_recommendation_is_proposed_and_edited(told: LetterStory) -> None:
    told.make()
    letter = told.letter()
    assert "Lê Thị Ấn" in letter.recommendation
    staff = told.visit(told.staff)
    staff.post(
        f"/letters/{letter.public_id}/recommendation", {"recommendation": "Ý một\r\nÝ hai"}, status=303
    )
    letter = told.letter()
    assert letter.recommendation == "Ý một\nÝ hai"
    assert "Ý hai" in pdf_text(files.open_bytes(letter.pdf))
    told.send()
    staff.post(f"/letters/{letter.public_id}/recommendation", {"recommendation": "Muộn"}, status=409)
    assert told.letter().recommendation == "Ý một\nÝ hai"


def test_number_and_date_come_later(told: LetterStory) -> None:
    told.make()
    told.send()
    letter = told.letter()
    assert "-TB/TTCT" in pdf_text(files.open_bytes(letter.pdf))
    staff = told.visit(told.staff)
    address = f"/letters/{letter.public_id}/number"
    for wrong in ("12-TB/TTCT", "mười hai", "123456"):
        assert "Chỉ ghi phần số" in staff.post(address, {"number": wrong}, status=422).get_data(as_text=True)
    late = staff.post(address, {"number": "12", "dated": "2099-01-01"}, status=422)
    assert "Ngày ký chưa tới" in late.get_data(as_text=True)
    staff.post(address, {"number": "12a", "dated": "2026-02-05"}, status=303)
    text = pdf_text(files.open_bytes(told.letter().pdf))
    assert "Số 12a-TB/TTCT" in text
    assert "Ngày 05 tháng 02 năm 2026" in text


def test_the_stamped_scan_is_known_by_its_content(told: LetterStory) -> None:
    told.make()
    staff = told.visit(told.staff)
    address = f"/letters/{told.letter().public_id}/scan"
    said = attached(staff, address, b"MZ not a scan", "cong-van.pdf", status=422)
    assert "không phải PDF, JPG hay PNG" in said
    attached(staff, address, png(), "cong-van.pdf")
    assert told.letter().scan.media_type == "image/png"
    assert staff.get(address).mimetype == "image/png"


def test_sending_tells_the_unit_once(told: LetterStory) -> None:
    told.make()
    staff = told.visit(told.staff)
    key = told.letter().public_id
    assert told.visit(told.liaison).page("/unit/letters").text_content().count("Chưa có công văn nào")
    staff.post(f"{told.url}/bulk", {"do": "send", "keys": key}, status=303)
    staff.post(f"/letters/{key}/send", status=303)
    assert told.letter().state is LetterState.SENT
    assert told.letter(told.second).state is LetterState.MADE
    (notice,) = db.session.scalars(sa.select(Notice)).all()
    assert notice.account_id == told.liaison.id
    assert notice.url == f"/unit/letters/{key}"
    page = staff.page(f"/letters/{key}")
    assert "Chép tin gửi Zalo" in page.text_content()
    assert f"/unit/letters/{key}" in page.text_content()


def test_the_unit_reads_downloads_and_answers(told: LetterStory) -> None:
    told.make()
    key = told.send().public_id
    liaison = told.visit(told.liaison)
    assert "Chưa đọc" in liaison.page("/unit/letters").text_content()
    text = liaison.page(f"/unit/letters/{key}").text_content()
    assert "Nguyễn Thị Ửng" in text
    assert "Võ Khác Đơn Vị" not in text
    assert told.letter().opened_at is not None
    assert liaison.get(f"/letters/{key}/pdf").mimetype == "application/pdf"
    assert liaison.get(f"/letters/{key}/docx").status_code == 200
    liaison.get(f"/letters/{key}/scan", status=404)
    empty = liaison.post(f"/unit/letters/{key}/reply", {"reply": "  "}, status=422)
    assert "Hãy ghi nhận xét" in empty.get_data(as_text=True)
    liaison.post(f"/unit/letters/{key}/reply", {"reply": "Cảm ơn trung tâm"}, status=303)
    letter = told.letter()
    assert (letter.state, letter.reply, letter.replied_by_id) == (
        LetterState.ANSWERED, "Cảm ơn trung tâm", told.liaison.id,
    )  # fmt: skip
    assert "Cảm ơn trung tâm" in told.visit(told.staff).page(f"/letters/{key}").text_content()
    assert told.staff.id in db.session.scalars(sa.select(Notice.account_id)).all()
    actions = db.session.scalars(sa.select(AuditEvent.action).where(AuditEvent.action.like("letter.%"))).all()
    assert set(actions) == {"letter.sent", "letter.opened", "letter.answered"}


def test_staff_write_the_answer_down_and_open_nothing(told: LetterStory) -> None:
    told.make()
    key = told.letter().public_id
    staff = told.visit(told.staff)
    staff.post(f"/letters/{key}/reply", {"reply": "Sớm quá"}, status=403)
    told.send()
    staff.get(f"/letters/{key}")
    assert told.letter().opened_at is None
    staff.post(f"/letters/{key}/reply", {"reply": "Trả lời bằng giấy"}, status=303)
    assert told.letter().reply == "Trả lời bằng giấy"


def test_another_unit_finds_nothing(told: LetterStory) -> None:
    told.make()
    key = told.send().public_id
    other = told.visit(told.other_liaison)
    assert key not in other.get("/unit/letters").get_data(as_text=True)
    other.get(f"/unit/letters/{key}", status=404)
    other.post(f"/unit/letters/{key}/reply", {"reply": "Không phải của tôi"}, status=404)
    for part in ("pdf", "docx", "scan"):
        other.get(f"/letters/{key}/{part}", status=404)
    other.get(f"/letters/{key}", status=403)
    assert told.letter().reply == ""


def test_an_unsent_letter_is_nobody_elses(told: LetterStory) -> None:
    told.make()
    key = told.letter().public_id
    liaison = told.visit(told.liaison)
    liaison.get(f"/unit/letters/{key}", status=404)
    liaison.get(f"/letters/{key}/pdf", status=404)
    liaison.post(f"/unit/letters/{key}/reply", {"reply": "Đoán mã"}, status=404)


def test_a_unit_above_reads_what_its_units_got(told: LetterStory) -> None:
    below = told.world.unit("Chi bộ trực thuộc", told.first)
    told.learner("Đinh Cấp Dưới", below, 700)
    told.make()
    key = told.send(below).public_id
    told.visit(told.liaison).get(f"/unit/letters/{key}")
    under = told.world.person(Role.UNIT, below, "Người chi bộ")
    mine = told.send(told.first).public_id
    told.visit(under).get(f"/unit/letters/{mine}", status=404)


def test_a_stranger_may_not(told: LetterStory, stranger: Visitor) -> None:
    told.make()
    key = told.letter().public_id
    stranger.get(f"/letters/{key}", status=302)
    learner = told.learner("Người học", told.first)
    other = told.world.person(Role.LEADER, told.world.centre("Trung tâm khác"))
    posts = {"recommendation": {}, "number": {}, "send": {}, "reply": {"reply": "x"}}
    for account, status in ((learner, 403), (told.lecturer, 403), (other, 404)):
        visitor = told.visit(account)
        visitor.get(f"/letters/{key}", status=status)
        visitor.get(f"/letters/{key}/pdf", status=status)
        for verb, data in posts.items():
            visitor.post(f"/letters/{key}/{verb}", data, status=status)
        attached(visitor, f"/letters/{key}/scan", png(), "a.png", status=status)
    assert told.letter().state is LetterState.MADE
