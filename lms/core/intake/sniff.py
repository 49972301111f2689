"""What a file really is, by its content; names lie."""

import codecs
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lms.core.intake.guard import RefusedError
from lms.core.messages import N_

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEAD = 4096
SPOILT = 300
"""One unreadable character in so many is an accident of UTF-8, more are another encoding."""
FOREIGN = (
    (b"%PDF", N_("tệp PDF")),
    (b"\x89PNG", N_("ảnh")),
    (b"\xff\xd8\xff", N_("ảnh")),
    (b"GIF8", N_("ảnh")),
    (b"Rar!", N_("tệp nén RAR")),
    (b"7z\xbc\xaf", N_("tệp nén 7z")),
    (b"MZ", N_("chương trình")),
    (b"\x7fELF", N_("chương trình")),
    (b"{\\rtf", N_("tệp RTF")),
)


class FileKind(StrEnum):
    """Formats that are read."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    DOC = "doc"
    HTML = "html"
    TEXT = "txt"


def sniff(path: Path) -> FileKind:
    """The format of a file. Raises ``RefusedError`` for what is not read."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(OLE):
        return _ole_kind(path)
    for magic, name in FOREIGN:
        if head.startswith(magic):
            raise RefusedError("file_wrong_kind", found=name)
    if re.match(
        rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|table|head|meta|\?xml[^>]*>\s*<html)",
        head,
        re.IGNORECASE,
    ):
        return FileKind.HTML
    wide = _wide_encoding(head)
    if wide is None and b"\0" in head:
        raise RefusedError("file_unknown")
    if wide and re.search("<(?:html|table)", head.decode(wide, "ignore"), re.IGNORECASE):
        return FileKind.HTML
    return FileKind.TEXT


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 by its mark, or by zero bytes on one side only (blanks and Latin letters)."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[: len(head) // 2 * 2]
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    least = len(sample) // 8
    if low > least and 8 * high < low:  # a combining mark like U+0300 has its zero on the other side
        return "utf-16-le"
    return "utf-16-be" if high > least and 8 * low < high else None


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kinds = archive.read("mimetype") if "mimetype" in names else b""
            content = archive.read("[Content_Types].xml")[:65536] if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, KeyError, NotImplementedError) as error:
        raise RefusedError("file_broken") from error
    if "word/document.xml" in names or b"wordprocessingml.document.main" in content:
        return FileKind.DOCX
    if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main" in content or "xl/workbook.bin" in names:
        return FileKind.XLSX
    if "ppt/presentation.xml" in names:
        raise RefusedError("file_wrong_kind", found=N_("bài trình chiếu PowerPoint"))
    if b"opendocument" in kinds:
        raise RefusedError("file_wrong_kind", found=N_("tệp OpenDocument"))
    raise RefusedError("file_wrong_kind", found=N_("tệp nén (zip)"))


def _ole_kind(path: Path) -> FileKind:
    data = path.read_bytes()

    def stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if stream("EncryptedPackage"):
        raise RefusedError("file_encrypted")
    if stream("WordDocument"):
        return FileKind.DOC
    if stream("Workbook") or stream("Book"):
        return FileKind.XLS
    raise RefusedError("file_unknown")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the encoding it was read with; ``sure`` is False for a guess between one-byte encodings."""

    text: str
    encoding: str
    sure: bool = True


def decode(data: bytes) -> Decoded:
    """Text of unknown encoding: marks first, then UTF-8, then what gives the most Vietnamese letters."""
    wide = _wide_encoding(data[:HEAD])
    if wide is not None:
        return Decoded(data.decode(wide, "replace"), wide)
    try:
        return Decoded(data.decode("utf-8-sig"), "utf-8")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "replace")
    if SPOILT * mended.count("\ufffd") < len(mended):
        return Decoded(mended, "utf-8", sure=False)
    best = max(("cp1258", "cp1252"), key=lambda name: _vietnamese(data.decode(name, "replace")))
    return Decoded(data.decode(best, "replace"), best, sure=False)


def _vietnamese(text: str) -> int:
    """How Vietnamese a text looks: its own letters and tone marks count for it, impossible characters against."""
    good = len(re.findall("[ăâđêôơưĂÂĐÊÔƠƯ\u0300\u0301\u0303\u0309\u0323]", text))
    odd = len(re.findall("[ÌÒÞÕðþÐ�ãõìòñ¤°Ÿœ]", text))
    return good - 2 * odd
