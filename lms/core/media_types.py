"""What a file is, by its first bytes; what its name or sender says is never believed."""

import zipfile
from io import BytesIO
from typing import BinaryIO

UNKNOWN = "application/octet-stream"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
"""The container of .doc and .xls, and of password-protected .docx and .xlsx."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
)
_OFFICE = (("word/document.xml", DOCX), ("xl/workbook.xml", XLSX), ("ppt/presentation.xml", PPTX))
_HEAD = 16


def sniff(data: bytes | BinaryIO) -> str:
    """The media type of images (PNG, JPEG, GIF, WebP), PDF, OLE, ZIP and Office files, else ``UNKNOWN``.

    A stream is read from its beginning and left there. Nothing inside a ZIP is unpacked. SVG is never recognised,
    since it can carry scripts.
    """
    stream = BytesIO(data) if isinstance(data, bytes) else data
    stream.seek(0)
    head = stream.read(_HEAD)
    try:
        return _by_head(head) or (_office(stream) if head.startswith(b"PK\x03\x04") else UNKNOWN)
    finally:
        stream.seek(0)


def _by_head(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for magic, media_type in _MAGIC if head.startswith(magic)), "")


def _office(stream: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return UNKNOWN
    if "[Content_Types].xml" not in names:
        return ZIP
    return next((media_type for part, media_type in _OFFICE if part in names), ZIP)
