"""The dossier of a class: what is there and what is missing, scans, the whole as one PDF."""

import io

import pytest
import sqlalchemy as sa
from pypdf import PdfReader, PdfWriter

from lms.audit.models import AuditEvent
from lms.core import files
from lms.core.actor import Role
from lms.core.db import UnitOfWork, db
from lms.core.stored_file import StoredFile
from lms.jobs.runner import run_pending
from lms.results.dossier.binding import Part, bind, opened
from lms.results.dossier.models import DossierPaper
from lms.results.dossier.papers import class_list_pdf
from tests.pictures import png
from tests.results.letters.stories import LetterStory
from tests.visitor import Visitor


def url(told: LetterStory) -> str:
    return f"/classes/{told.course_class.public_id}/dossier"


def pdf(pages: int = 1, width: int = 595, height: int = 842, rotation: int = 0, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        page = writer.add_blank_page(width, height)
        if rotation:
            page.rotate(rotation)
    if password:
        writer.encrypt(password)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def texts(data: bytes) -> list[str]:
    return [page.extract_text().replace("\n", " ") for page in PdfReader(io.BytesIO(data)).pages]


def added(visitor: Visitor, told: LetterStory, data: bytes, status: int = 303, **fields: str) -> str:
    sent = {"csrf_token": visitor.csrf, "item": "decision", **fields, "file": (io.BytesIO(data), "quet.pdf")}
    response = visitor.send("POST", f"{url(told)}/papers", data=sent, content_type="multipart/form-data")
    assert response.status_code == status
    return response.get_data(as_text=True)


def printed(told: LetterStory) -> bytes:
    staff = told.visit(told.staff)
    staff.post(f"{url(told)}/print", status=303)
    assert staff.page(url(told)).xpath("//*[@data-poll-url]")
    assert staff.get(f"{url(told)}/progress").get_json()["state"] == "running"
    assert run_pending(told.app, duties=False) == 1
    assert staff.get(f"{url(told)}/progress").get_json()["state"] == "finished"
    return staff.get(f"{url(told)}/whole.pdf").get_data()


def test_the_checklist_says_what_is_missing(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    text = staff.page(url(told)).text_content()
    for title in ("Quyết định mở lớp", "Danh sách học viên", "Bảng chuyên cần", "Khen thưởng"):
        assert title in text
    before = staff.page(url(told)).xpath("count(//td//*[contains(text(), 'Còn thiếu')])")
    added(staff, told, pdf(), title="Quyết định số 45")
    page = staff.page(url(told))
    assert "Quyết định số 45" in page.text_content()
    assert page.xpath("count(//td//*[contains(text(), 'Còn thiếu')])") == before - 1
    assert staff.get(page.xpath("//a[text()='Quyết định số 45']/@href")[0]).mimetype == "application/pdf"


def test_a_scan_is_known_by_its_content(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    assert "không phải PDF, JPG hay PNG" in added(staff, told, b"PK\x03\x04 word", status=422)
    added(staff, told, pdf(), status=422, item="other")
    added(staff, told, png())
    assert db.session.scalars(sa.select(DossierPaper)).one().file.media_type == "image/png"


def test_a_scan_is_taken_out_and_the_trail_remembers(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    added(staff, told, pdf(), title="Nhầm")
    key = db.session.scalars(sa.select(DossierPaper)).one().public_id
    staff.post(f"{url(told)}/papers/{key}/remove", status=303)
    assert "Nhầm" not in staff.page(url(told)).text_content()
    staff.post(f"{url(told)}/papers/{key}/remove", status=404)
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "dossier.removed")).one()
    assert event.data["title"] == "Nhầm"


def test_the_whole_is_one_pdf_with_a_cover_and_numbers(told: LetterStory) -> None:
    told.make()
    staff = told.visit(told.staff)
    added(staff, told, pdf(2), title="Quyết định số 45")
    added(staff, told, png(), item="summons", title="Ảnh giấy triệu tập")
    added(staff, told, b"%PDF-1.7 broken", item="recognition", title="Tệp hỏng")
    added(staff, told, pdf(password="kin"), item="recognition", title="Tệp có mật khẩu")
    pages = texts(printed(told))
    cover = pages[0]
    for words in (
        "HỒ SƠ LỚP",
        "Quyết định số 45",
        "Ảnh giấy triệu tập",
        "Tệp hỏng",
        "không đọc được",
        "còn thiếu",
    ):
        assert words in cover
    assert f"1/{len(pages)}" in cover
    assert f"{len(pages)}/{len(pages)}" in pages[-1]
    assert "Danh sách học viên" in cover
    assert any("DANH SÁCH HỌC VIÊN" in page and "Nguyễn Thị Ửng" in page for page in pages[1:])
    assert any("BẢNG CHUYÊN CẦN" in page for page in pages[1:])
    assert any("THÔNG BÁO" in page and "Võ Khác Đơn Vị" in page for page in pages[1:])
    place = next(
        number for number, page in enumerate(pages, start=1) if number > 1 and "DANH SÁCH HỌC VIÊN" in page
    )
    assert f"– Danh sách học viên {place}" in cover
    assert "Tệp hỏng; Tệp có mật khẩu" in staff.page(url(told)).text_content()


def test_a_second_print_takes_the_place_of_the_first(told: LetterStory) -> None:
    printed(told)
    count = db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile))
    printed(told)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == count


def test_the_list_of_results_is_no_decision(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    row = "//tr[.//*[contains(text(), 'Quyết định công nhận kết quả')]]"
    text = staff.page(url(told)).xpath(row)[0].text_content()
    assert "Danh sách công nhận kết quả" in text
    assert "Còn thiếu" in text
    added(staff, told, pdf(), item="recognition", title="Quyết định số 50")
    assert "Còn thiếu" not in staff.page(url(told)).xpath(row)[0].text_content()


def test_an_english_page_names_the_papers_in_english_and_prints_them_in_vietnamese(told: LetterStory) -> None:
    with UnitOfWork():
        told.staff.language = "en"
    staff = told.visit(told.staff)
    page = staff.get(url(told)).get_data(as_text=True)
    assert "List of learners" in page
    assert "Danh sách học viên" not in page
    assert "HỌC VIÊN" in texts(staff.get(f"{url(told)}/made/3").get_data())[0]


def test_an_empty_class_has_nothing_to_print(told: LetterStory) -> None:
    empty = told.world.course_class(told.centre)
    staff = told.visit(told.staff)
    assert not staff.page(f"/classes/{empty.public_id}/dossier").xpath("//form[contains(@action, '/print')]")
    refused = staff.post(f"/classes/{empty.public_id}/dossier/print", status=409)
    assert "chưa có gì để in" in refused.get_data(as_text=True)
    staff.get(f"/classes/{empty.public_id}/dossier/whole.pdf", status=404)
    staff.get(f"/classes/{empty.public_id}/dossier/made/3", status=404)


def test_what_the_software_makes_can_be_taken_alone(told: LetterStory) -> None:
    staff = told.visit(told.staff)
    assert "DANH SÁCH HỌC VIÊN" in " ".join(texts(staff.get(f"{url(told)}/made/3").get_data()))
    assert "BẢNG CHUYÊN CẦN" in " ".join(texts(staff.get(f"{url(told)}/made/4").get_data()))
    staff.get(f"{url(told)}/made/1", status=404)
    staff.get(f"{url(told)}/made/10", status=404)


def test_the_list_holds_who_stayed_by_name(told: LetterStory) -> None:
    with UnitOfWork():
        told.course_class.title = "Lớp có tên rất dài để thử xuống dòng trên trang giấy A4"
    made = class_list_pdf(told.course_class)
    assert made is not None
    text = " ".join(texts(made))
    assert text.index("Lê Thị Ấn") < text.index("Trần Văn Đức") < text.index("Nguyễn Thị Ửng")
    assert "Danh sách có 4 học viên" in text


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4\n", b"\x89PNG\r\n\x1a\n broken", b"\xff\xd8\xff broken", pdf(password="x")]
)
def test_what_cannot_be_read_is_called_broken(data: bytes) -> None:
    assert opened(data) is None


def test_pages_of_any_size_are_numbered(told: LetterStory) -> None:
    parts = [Part("list", "A3", pdf(1, 1191, 842)), Part("list", "nghiêng", pdf(1, 300, 400, 90))]
    data = bind(parts, lambda placed, broken, pages: {
        "head": {"style": "state", "superior": "", "issuer": "TT", "number": "", "place_and_date": ""},
        "title": "Hồ sơ", "subject": "", "lines": [], "notes": [],
        "columns": [{"label": "x", "width": "1fr"}], "rows": [[one.part.title] for one in placed],
    })  # fmt: skip
    assert (data.pages, data.broken) == (3, [])
    assert [text[-3:] for text in texts(data.data)] == ["1/3", "2/3", "3/3"]


def test_a_stranger_may_not(told: LetterStory, stranger: Visitor) -> None:
    staff = told.visit(told.staff)
    added(staff, told, pdf())
    key = db.session.scalars(sa.select(DossierPaper)).one().public_id
    stranger.get(url(told), status=302)
    other = told.world.person(Role.STAFF, told.world.centre("Trung tâm khác"))
    elsewhere = told.world.course_class(told.centre).public_id
    staff.get(f"/classes/{elsewhere}/dossier/papers/{key}", status=404)
    for account, status in ((told.liaison, 403), (told.lecturer, 403), (other, 404)):
        visitor = told.visit(account)
        for path in ("", f"/papers/{key}", "/made/3", "/progress", "/whole.pdf"):
            visitor.get(f"{url(told)}{path}", status=status)
        visitor.post(f"{url(told)}/print", status=status)
        visitor.post(f"{url(told)}/papers/{key}/remove", status=status)
        added(visitor, told, pdf(), status=status)
    assert files.open_bytes(db.session.scalars(sa.select(DossierPaper)).one().file)
