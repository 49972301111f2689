"""Pictures and documents that come in: upright, small, and without what they tell of place and author."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from lms.core import files
from lms.core.errors import Invalid
from lms.core.files import Prepared
from lms.core.media_types import DOCX, OLE, sniff
from lms.core.messages import N_

MOST_PIXELS = 2000
"""The longer side of a stored photograph."""
MOST_DECODED = 80_000_000
"""Pixels of the largest picture that is opened at all."""
QUALITY = 82
PDF = "application/pdf"
PICTURES = frozenset({"image/png", "image/jpeg", "image/webp"})
ACCEPTED = ".docx,.pdf,image/jpeg,image/png,image/webp"
COVER = re.compile(r"/essays/cover/([0-9a-z]{16})/?$")
_CORE = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'


UNSHARP, UNREADABLE = 25, 12
"""Sharpness at which writing is hard to read, and at which nobody reads it, see :func:`_sharpness`."""
HEIC = re.compile(rb"....ftyp(heic|heix|hevc|heim|heis|mif1|msf1)", re.DOTALL)
LEAST_CONTRAST, EVEN = 3, 100
FROM_IPHONE = N_(
    "Ảnh “%(name)s” là ảnh HEIC của iPhone, chưa đọc được. Trên iPhone vào Cài đặt, Camera, Định dạng, chọn “Tương thích nhất” rồi chụp lại; hoặc gửi ảnh dạng JPG."
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a photograph is: a cover with this key, one nobody can tell what it is (``unread``), or a page, sharp or not."""

    cover: str | None = None
    unread: bool = False
    blurred: bool = False


def prepare_upload(stream: BinaryIO, name: str, limit: int) -> Prepared:
    """A learner's file, written: Word and PDF as they are, pictures upright and small. ``limit`` in bytes.

    Raises:
        Invalid: the file is empty, too heavy, of another type, or broken.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if not size:
        raise Invalid(N_("Tệp “%(name)s” rỗng. Hãy chọn lại tệp."), name=name)
    if size > limit:
        raise Invalid(
            N_("Tệp “%(name)s” nặng quá %(most)s MB. Hãy chọn tệp nhẹ hơn."),
            name=name,
            most=limit // 1024 // 1024,
        )
    kind = sniff(stream)
    if kind in PICTURES or _is_heic(stream):
        return prepare_photo(stream, name)
    if kind == OLE:
        raise Invalid(
            N_(
                "Tệp “%(name)s” là Word kiểu cũ hoặc có mật khẩu. Hãy mở ra, lưu thành .docx hoặc PDF rồi gửi."
            ),
            name=name,
        )
    if kind not in {DOCX, PDF}:
        raise Invalid(
            N_("Tệp “%(name)s” không phải Word (.docx), PDF hay ảnh (JPG, PNG). Hãy chọn tệp khác."),
            name=name,
        )
    return files.prepare(stream, name, kind)


def prepare_photo(stream: BinaryIO, name: str) -> Prepared:
    """A photograph, written as JPEG: turned as the camera was held, at most ``MOST_PIXELS``, with no metadata.

    Raises:
        Invalid: it is no picture that can be opened.
    """
    picture = _open(stream, name)
    target = io.BytesIO()
    picture.thumbnail((MOST_PIXELS, MOST_PIXELS))
    picture.save(target, "JPEG", quality=QUALITY, optimize=True)
    stem = files.safe_name(name).rpartition(".")[0] or "anh"
    return files.prepare(target.getvalue(), f"{stem}.jpg", "image/jpeg")


def _open(stream: BinaryIO, name: str) -> Any:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  (heavy engine)

    stream.seek(0)
    broken = Invalid(N_("Ảnh “%(name)s” không mở được. Hãy chụp lại hoặc lưu thành JPG."), name=name)
    if _is_heic(stream):
        raise Invalid(FROM_IPHONE, name=name)
    try:
        if sniff(stream) not in PICTURES:
            raise broken
        picture = Image.open(stream)
        if picture.width * picture.height > MOST_DECODED:
            raise broken
        picture.draft("RGB", (MOST_PIXELS, MOST_PIXELS))
        upright = ImageOps.exif_transpose(picture)
        if "A" in upright.getbands() or upright.mode == "P":
            upright = upright.convert("RGBA")
            paper = Image.new("RGB", upright.size, "white")
            paper.paste(upright, mask=upright.getchannel("A"))
            return paper
        return upright.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise broken from None


def _is_heic(stream: BinaryIO) -> bool:
    stream.seek(0)
    head = stream.read(12)
    stream.seek(0)
    return HEIC.match(head) is not None


def look(stream: BinaryIO, name: str = "") -> Look:
    """What a photograph in a sequence is.

    A page that is taken for the cover's neighbour puts an essay under another's name, so a QR that is there and can't be
    decoded, and a picture without one sharp line, are ``unread``, never a page.

    Raises:
        Invalid: it is no picture that can be opened.
    """
    import zxingcpp  # noqa: PLC0415  (heavy engine)

    picture = _open(stream, name).convert("L")
    seen = False
    for side in (MOST_PIXELS, MOST_PIXELS // 2):
        picture.thumbnail((side, side))
        for found in zxingcpp.read_barcodes(
            picture, formats=zxingcpp.barcode_formats_from_str("QRCode"), return_errors=True
        ):
            if found.valid and (match := COVER.search(found.text)):
                return Look(cover=match[1])
            seen = seen or not found.valid
        if not seen:
            break
    sharpness = _sharpness(picture)
    return Look(unread=seen or sharpness < UNREADABLE, blurred=sharpness < UNSHARP)


def _sharpness(picture: Any) -> int:
    """The strongest 1 % of edges against the contrast of the whole: in percent: about 150 for a sharp page, 100 for an even one."""
    from PIL import ImageChops, ImageFilter, ImageStat  # noqa: PLC0415  (heavy engine)

    small = picture.copy()
    small.thumbnail((1500, 1500))
    contrast = ImageStat.Stat(small).stddev[0]
    if contrast < LEAST_CONTRAST:
        return EVEN
    edges = ImageChops.difference(small, small.filter(ImageFilter.GaussianBlur(2))).histogram()
    left = sum(edges) // 100
    for strength in range(255, -1, -1):
        left -= edges[strength]
        if left < 0:
            return int(100 * strength / contrast)
    return EVEN


def without_author(data: bytes, media_type: str) -> bytes:
    """A document as a grader under codes gets it: without the properties that name its author.

    A file that can't be rewritten is given as it is; the text of the essay is the learner's own affair.
    """
    if media_type == DOCX:
        return _docx_without_author(data)
    if media_type == PDF:
        return _pdf_without_author(data)
    return data


def _docx_without_author(data: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            content = source.read(entry.filename)
            if entry.filename == "docProps/core.xml":
                content = _CORE
            elif entry.filename == "docProps/app.xml":
                content = re.sub(rb"<(Company|Manager)>.*?</\1>", b"", content, flags=re.DOTALL)
            elif entry.filename.startswith("word/") and entry.filename.endswith(".xml"):
                content = re.sub(rb'(w:(?:author|initials))="[^"]*"', rb'\1=""', content)
            made.writestr(entry.filename, content)
    return target.getvalue()


def _pdf_without_author(data: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415  (heavy engine)
    from pypdf.errors import PyPdfError  # noqa: PLC0415  (heavy engine)

    try:
        writer = PdfWriter()
        for page in PdfReader(io.BytesIO(data)).pages:
            writer.add_page(page)
        writer.metadata = None
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()
    except (PyPdfError, ValueError, KeyError, RecursionError):
        return data
