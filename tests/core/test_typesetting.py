"""Pages set by typst: Vietnamese letters whole, heads repeated, nothing of the machine in reach."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from lms.core import typesetting
from lms.web.built import BUILT

TEMPLATE = """#import "/official.typ": *
#let data = json(bytes(sys.inputs.data))
#show: official
#heading-of(data.head)
#title-of(data.title, subject: data.subject)
#sheet(data.columns, data.rows)
#receivers-and-signer("Nơi nhận:", ("Như trên;", "Lưu."), data.signer)
#signatures((data.signer, data.signer))
"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    typesetting.configure(fonts=BUILT)
    path = tmp_path / "letter.typ"
    path.write_text(TEMPLATE)
    return path


def letter(rows: int = 60, style: str = "party") -> dict[str, object]:
    return {
        "head": {
            "style": style,
            "superior": "Đảng ủy xã Thử Nghiệm",
            "issuer": "Trung tâm Chính trị",
            "number": "Số       -TB/TTCT",
            "place_and_date": "Thử Nghiệm, ngày      tháng 11 năm 2026",
        },
        "title": "Thông báo",
        "subject": "kết quả học tập",
        "columns": [
            {"label": "Họ và tên", "width": "1fr"},
            {"label": "Điểm", "width": "25", "align": "right"},
        ],
        "rows": [[f"Nguyễn Thị Ửng Đỗ Ngữ {number}", "8,3"] for number in range(rows)],
        "signer": {"role": "GIÁM ĐỐC", "name": "Lê Giám Đốc"},
    }


def pages(made: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(made)).pages]


def test_a_long_table_goes_on_with_its_head_and_every_letter(template: Path) -> None:
    texts = pages(typesetting.pdf(template, letter()))
    assert len(texts) > 1
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in texts[0]
    assert all("Họ và tên" in text for text in texts if "Nguyễn" in text)
    for number in range(60):
        assert sum(f"Nguyễn Thị Ửng Đỗ Ngữ {number}\n" in text.replace(" 8,3", "\n") for text in texts) == 1


def test_a_kept_compiler_sets_what_it_is_given(template: Path) -> None:
    first = pages(typesetting.pdf(template, letter(1)))
    second = pages(typesetting.pdf(template, letter(2, style="state")))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in second[0]
    assert "ĐẢNG CỘNG SẢN" in first[0]


def test_a_picture_is_offered_by_its_name(template: Path, tmp_path: Path) -> None:
    shown = tmp_path / "picture.typ"
    shown.write_text('#image("/pictures/dot.svg", width: 1cm)')
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    assert typesetting.pdf(shown, {}, {"dot.svg": svg}).startswith(b"%PDF")


def test_a_template_reaches_no_file_of_the_machine(tmp_path: Path) -> None:
    typesetting.configure(fonts=BUILT)
    nosy = tmp_path / "nosy.typ"
    nosy.write_text('#read("/etc/hostname")')
    with pytest.raises(Exception, match=r"not found|access"):
        typesetting.pdf(nosy, {})


SIGNED = """#import "/official.typ": *
#let data = json(bytes(sys.inputs.data))
#show: official
#sheet(data.columns, data.rows, tail: {
  text(data.subject)
  signatures((data.signer, data.signer))
})
"""


@pytest.mark.parametrize("rows", [0, 1, 2, 3, *range(24, 46)])
def test_nobody_signs_an_empty_page(tmp_path: Path, rows: int) -> None:
    typesetting.configure(fonts=BUILT)
    path = tmp_path / "signed.typ"
    path.write_text(SIGNED)
    texts = pages(typesetting.pdf(path, letter(rows)))
    assert [number for number, text in enumerate(texts) if "Lê Giám Đốc" in text] == [len(texts) - 1]
    assert texts[-1].count("Nguyễn Thị") >= min(rows, 2)
    assert sum(text.count("Nguyễn Thị") for text in texts) == rows
    assert all("Họ và tên" in text for text in texts)


def test_names_of_signers_stand_in_one_line_however_long_their_roles(tmp_path: Path) -> None:
    typesetting.configure(fonts=BUILT)
    path = tmp_path / "signers.typ"
    path.write_text(
        '#import "/official.typ": *\n#let data = json(bytes(sys.inputs.data))\n#signatures(data.signers)'
    )
    signers = [{"role": "THƯ KÝ", "name": "Một"}, {"role": "K/T GIÁM ĐỐC\nPHÓ GIÁM ĐỐC", "name": "Hai"}]
    (text,) = pages(typesetting.pdf(path, {"signers": signers}))
    assert text.split()[-2:] == ["Một", "Hai"]
    assert text.splitlines()[-1].split() == ["Một", "Hai"]
