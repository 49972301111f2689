"""A wrong file gets a plain answer, and nothing is half done."""

import io
import zipfile
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.core.db import db
from lms.core.stored_file import StoredFile
from lms.quizzes.bank.models import ImportBatch, ImportItem, ImportState, Question
from tests.quizzes.bank.stories import TEXT, Story, story
from tests.world import World

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
XSS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7*7 }}{% raw %}",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "'-alert(1)-'",
)


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def document(xml: str) -> bytes:
    return packed({"[Content_Types].xml": TYPES.encode(), "word/document.xml": xml.encode()})


def encrypted() -> bytes:
    """What Word writes for a document with a password begins like this."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1016
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 480
    )


BAD = {
    "a picture called docx": (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "de.docx", "Tệp này là ảnh"),
    "a broken archive": (b"PK\x03\x04" + b"\0" * 200, "de.docx", "bị hỏng"),
    "a password": (encrypted(), "de.docx", "mật khẩu"),
    "a bomb": (
        packed({"[Content_Types].xml": TYPES.encode(), "word/document.xml": b"\0" * 60_000_000}),
        "de.docx",
        "nén bất thường",
    ),
    "a doctype": (
        document('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
        "de.docx",
        "DOCTYPE",
    ),
    "a path outside": (
        packed({"../../x": b"x", "word/document.xml": b"<x/>"}),
        "de.docx",
        "đường dẫn không an toàn",
    ),
    "no question in it": (
        "Kính gửi các đồng chí.\nMời dự họp.\n".encode(),
        "thu.txt",
        "Không tìm thấy câu hỏi nào",
    ),
    "zeros": (b"\0" * 4000, "de.txt", "Không nhận ra loại tệp"),
}


@pytest.fixture
def told(app: Flask, world: World) -> Story:
    return story(app, world)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_plain_words(told: Story, name: str) -> None:
    data, file_name, words = BAD[name]
    visitor = told.visit(told.lecturer)
    key = told.upload(visitor, data, file_name)
    page = visitor.page(f"/bank/import/{key}").text_content()
    assert words in page
    assert "Chưa có gì được đưa vào ngân hàng" in page
    assert told.batch(key).state is ImportState.FAILED
    assert db.session.scalar(sa.select(sa.func.count(ImportItem.id))) == 0
    assert db.session.scalar(sa.select(sa.func.count(Question.id))) == 0
    visitor.post(f"/bank/import/{key}/import", status=409)


def send(told: Story, files: dict[str, object], status: int) -> str:
    visitor = told.visit(told.lecturer)
    response = visitor.post(
        f"/bank/{told.bank.public_id}/import", files, status=status, content_type="multipart/form-data"
    )
    return response.get_data(as_text=True)


def nothing_kept() -> bool:
    db.session.rollback()
    kept = [
        db.session.scalar(sa.select(sa.func.count()).select_from(each)) for each in (ImportBatch, StoredFile)
    ]
    return kept == [0, 0]


def test_no_file_and_an_empty_one(told: Story) -> None:
    assert "Hãy chọn tệp câu hỏi." in send(told, {}, 422)
    assert "Tệp rỗng" in send(told, {"file": (io.BytesIO(b""), "rong.docx")}, 422)
    assert nothing_kept()


def test_a_file_over_the_limit(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    small = replace(told.app.config["LMS"], max_upload_bytes=2 * 1024 * 1024)
    monkeypatch.setitem(told.app.config, "LMS", small)
    message = "Tệp nặng quá mức cho phép (2 MB). Hãy bỏ bớt ảnh hoặc chia thành nhiều tệp."
    assert message in send(told, {"file": (io.BytesIO(b"x" * (2 * 1024 * 1024 + 1)), "to.txt")}, 422)
    monkeypatch.setitem(told.app.config, "MAX_CONTENT_LENGTH", 3 * 1024 * 1024)
    assert message in send(told, {"file": (io.BytesIO(b"x" * (4 * 1024 * 1024)), "to.txt")}, 413)
    assert nothing_kept()


@pytest.mark.parametrize("payload", XSS)
def test_nothing_of_a_file_becomes_markup(told: Story, payload: str) -> None:
    visitor = told.visit(told.lecturer)
    text = TEXT.replace("có màu gì?", f"có màu gì {payload} ?").replace("Xanh", f"Xanh {payload}")
    key = told.upload(visitor, text, payload.replace('"', "") + ".txt", **told.placed())
    item = told.items(key)[0]
    for address in (f"/bank/import/{key}?item={item}", f"/bank/import/{key}?item={item}&edit=1"):
        page = visitor.page(address)
        assert not page.xpath(
            "//main//script|//main//svg[@onload]|//main//iframe|//main//img|//main//a[starts-with(@href, 'javascript')]"
        )
        assert "có màu gì" in page.xpath('//div[@class="look-stem"]')[0].text_content()
    visitor.post(f"/bank/import/{key}/items/{item}", {"do": "accept"}, status=303)
    visitor.post(f"/bank/import/{key}/import", status=303)
    for address in (f"/bank/{told.bank.public_id}", f"/bank/import/{key}/approve"):
        page = visitor.page(address)
        assert not page.xpath("//main//script|//main//iframe|//main//img")
        assert "có màu gì" in page.text_content()


def test_a_formula_for_a_name_stays_text(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    name = '=HYPERLINK("http://evil.example","Bấm").txt'
    key = told.upload(visitor, name=name)
    assert told.batch(key).file_name.startswith("=HYPERLINK(")
    assert "=HYPERLINK(" in visitor.page(f"/bank/{told.bank.public_id}").text_content()


def test_a_refused_file_is_cleared_away(told: Story) -> None:
    visitor = told.visit(told.lecturer)
    key = told.upload(visitor, *BAD["zeros"][:2])
    visitor.post(f"/bank/import/{key}/discard", status=303)
    assert "Đang nhập dở" not in visitor.page(f"/bank/{told.bank.public_id}").text_content()
