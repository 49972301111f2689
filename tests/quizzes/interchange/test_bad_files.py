"""Files that are not what they should be: refused in words, without harm."""

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from lms.cli.bank_preview import preview
from lms.core.intake.child import environment
from lms.core.intake.guard import Limits
from lms.quizzes.interchange.sandbox import read_file
from tests.quizzes.interchange import papers
from tests.quizzes.interchange.checks import read


def zipped(path: Path, entries: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def with_entries(folder: Path, extra: dict[str, bytes], *, without: str = "") -> Path:
    """A sound Word file with entries added."""
    sound = papers.marked_paper(folder, papers.bold)
    with zipfile.ZipFile(sound) as archive:
        entries = {name: archive.read(name) for name in archive.namelist() if name != without}
    return zipped(folder / "them.docx", {**entries, **extra})


def refused(path: Path) -> str:
    document = read(path)
    assert document.refused
    assert document.questions == ()
    assert document.problems[0].message
    return document.problems[0].code


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "de.docx"
    path.touch()
    assert refused(path) == "file_empty"


def test_over_25_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "de.docx"
    with path.open("wb") as stream:
        stream.truncate(26 * 1024 * 1024)
    assert refused(path) == "file_too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "file_wrong_kind"),
        (b"\x89PNG\r\n\x1a\n", "file_wrong_kind"),
        (b"\0\x01\x02\x03\0\0\x05", "file_unknown"),
        (b"PK\x03\x04broken", "file_broken"),
        ("Kính gửi các đồng chí.".encode(), "no_questions"),
    ],
)
def test_not_a_question_file(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "de.docx"
    path.write_bytes(data)
    assert refused(path) == code


@pytest.mark.parametrize(
    "piece", ["(NB) ", "[", "(", "A. a B. b ", "1. ", "1A ", "Đáp án: ", "Vậy chọn ", "Câu ", " "]
)
def test_the_same_piece_again_and_again(tmp_path: Path, piece: str) -> None:
    path = tmp_path / "de.txt"
    path.write_text(
        f"Câu 1: Hỏi gì?\n{piece * 500}\nA. một\nB. hai\nĐáp án: A\n{piece * 500}", encoding="utf-8"
    )
    started = time.process_time()
    read(path)
    assert time.process_time() - started < 10


def test_letter_without_questions(tmp_path: Path) -> None:
    lines = ["THÔNG BÁO", "1. Về thời gian học.", "2. Về địa điểm học.", "Nơi nhận: lưu văn thư."]
    assert refused(papers.line_paper(tmp_path, lines)) == "no_questions"


def test_plain_zip(tmp_path: Path) -> None:
    assert refused(zipped(tmp_path / "de.docx", {"readme.txt": b"hello"})) == "file_wrong_kind"


def test_password(tmp_path: Path) -> None:
    path = tmp_path / "de.docx"
    name = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1024 + name + b"\0" * 512)
    assert refused(path) == "file_encrypted"


@pytest.mark.parametrize("text", [b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "<!DOCTYPE x><x/>".encode("utf-16")])
def test_doctype(tmp_path: Path, text: bytes) -> None:
    assert refused(with_entries(tmp_path, {"word/comments.xml": text})) == "xml_doctype"


def test_doctype_across_the_border_of_two_reads(tmp_path: Path) -> None:
    text = b" " * (64 * 1024 - 5) + b"<!DOCTYPE x><x/>"
    assert refused(with_entries(tmp_path, {"word/comments.xml": text})) == "xml_doctype"


def test_zip_bomb(tmp_path: Path) -> None:
    assert (
        refused(with_entries(tmp_path, {"word/media/image1.png": b"\0" * (60 * 1024 * 1024)})) == "zip_bomb"
    )


def test_declared_size_over_the_cap(tmp_path: Path) -> None:
    entries = {f"word/media/{number}.png": b"\0" * (30 * 1024 * 1024) for number in range(7)}
    assert refused(with_entries(tmp_path, entries)) == "zip_too_big"


def test_too_many_entries(tmp_path: Path) -> None:
    entries = {f"word/media/{number}.png": b"" for number in range(4100)}
    assert refused(with_entries(tmp_path, entries)) == "zip_too_many"


@pytest.mark.parametrize("name", ["../outside.xml", "/etc/passwd", "C:\\x.xml", "word/../../x.xml"])
def test_paths_that_leave(tmp_path: Path, name: str) -> None:
    assert refused(with_entries(tmp_path, {name: b"<x/>"})) == "zip_path"


def test_symbolic_link(tmp_path: Path) -> None:
    path = with_entries(tmp_path, {})
    with zipfile.ZipFile(path, "a") as archive:
        entry = zipfile.ZipInfo("word/media/link.png")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    assert refused(path) == "zip_link"


def test_broken_xml(tmp_path: Path) -> None:
    assert (
        refused(with_entries(tmp_path, {"word/document.xml": b"<w:document"}, without="word/document.xml"))
        == "file_broken"
    )


def test_the_name_does_not_matter(tmp_path: Path) -> None:
    path = papers.marked_paper(tmp_path, papers.bold)
    lying = path.rename(tmp_path / "de.doc")
    assert read(lying).format == "docx"
    table = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in papers.sheet_rows()
    )
    page = tmp_path / "bo.xls"
    page.write_text(f"<html><body><table>{table}</table></body></html>", encoding="utf-16")
    document = read(page)
    assert document.format == "html"
    assert [question.status for question in document.questions] == ["understood"] * 6


def test_tab_separated_text_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "bo.xls"
    path.write_text("\n".join("\t".join(map(str, row)) for row in papers.sheet_rows()), encoding="utf-16")
    assert [question.status for question in read(path).questions] == ["understood"] * 6


def test_sandbox_reads_in_another_process(tmp_path: Path) -> None:
    document = read_file(papers.marked_paper(tmp_path, papers.bold), "Đề số 1.docx")
    assert len(document.questions) == 6
    assert document == read(tmp_path / "de.docx")


def test_slow_child_is_a_message(tmp_path: Path) -> None:
    started = time.monotonic()
    document = read_file(papers.marked_paper(tmp_path, papers.bold), "de.docx", limits=Limits(wall_seconds=0))
    assert document.problems[0].code == "reader_timeout"
    assert time.monotonic() - started < 5


def test_starved_child_is_a_message(tmp_path: Path) -> None:
    document = read_file(
        papers.marked_paper(tmp_path, papers.bold), "de.docx", limits=Limits(memory=20 * 1024 * 1024)
    )
    assert document.problems[0].code == "reader_died"
    assert document.format == "docx"


def test_child_loads_no_web_stack_and_sees_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = papers.marked_paper(tmp_path, papers.bold)
    script = (
        "import json, sys\n"
        "from lms.quizzes.interchange.__main__ import main\n"
        "main([sys.argv[1]])\n"
        "print()\n"
        "print(json.dumps(sorted(name.split('.')[0] for name in sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, check=True, text=True,
                          env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[3])})  # fmt: skip
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "lxml" in loaded
    assert not loaded & {"flask", "sqlalchemy", "werkzeug", "jinja2", "docx", "openpyxl"}
    monkeypatch.setenv("SECRET_KEY", "canary")
    assert "canary" not in environment().values()


def test_preview_prints_the_contract(tmp_path: Path) -> None:
    result = CliRunner().invoke(preview, [str(papers.marked_paper(tmp_path, papers.bold)), "--json"])
    assert result.exit_code == 0
    document = json.loads(result.output)
    assert list(document) == ["format", "questions", "problems"]
    assert list(document["questions"][0]) == [
        "number", "label", "kind", "stem", "options", "key", "evidence", "status", "problems", "place", "level",
        "topic", "stimulus", "media",
    ]  # fmt: skip
    assert "Đại hội" in result.output


def test_preview_of_a_refused_file(tmp_path: Path) -> None:
    path = tmp_path / "de.docx"
    path.write_bytes(b"%PDF-1.7")
    result = CliRunner().invoke(preview, [str(path), "--json"])
    assert result.exit_code == 2
    assert json.loads(result.output)["problems"][0]["code"] == "file_wrong_kind"


def test_pictures_are_written_and_listed(tmp_path: Path) -> None:
    picture = tmp_path / "hinh.png"
    picture.write_bytes(bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
        "0000000049454e44ae426082"
    ))  # fmt: skip
    document = docx.Document()
    document.add_paragraph("Câu 1: Biểu trưng dưới đây là của tổ chức nào?")
    document.add_paragraph().add_run().add_picture(str(picture))
    for line in ("A. Đoàn Thanh niên", "B. Hội Phụ nữ", "Đáp án: A"):
        document.add_paragraph(line)
    out = tmp_path / "media"
    (question,) = read_file(papers.save(document, tmp_path), "de.docx", media_folder=out).questions
    (media,) = question.media
    assert media.type == "image/png"
    assert (out / media.name).read_bytes() == picture.read_bytes()
    assert f"⟦{media.name}⟧" in question.stem
