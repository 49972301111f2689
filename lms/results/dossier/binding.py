"""Binding a dossier: pictures become pages, papers are put one behind the other, pages are numbered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lms.core import typesetting
from lms.core.media_types import sniff

COVER = Path(__file__).with_name("cover.typ")
STAMPS = Path(__file__).with_name("stamps.typ")
A4_AT_150 = (1240, 1754)
BORDER = 60
"""Pixels that a picture keeps from the edge of its page."""
Row = tuple[str, str, str]
"""Number, words and page in the list of contents."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paper to bind: the code of its item, its title and its bytes, a PDF or a picture; ``annex`` as in a source."""

    item: str
    title: str
    data: bytes
    annex: bool = False


@dataclass
class Bound:
    """The whole PDF, and the titles of what could not be read."""

    data: bytes = b""
    pages: int = 0
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part that can be read, with its first page counted from the cover's end."""

    part: Part
    reader: Any
    first: int


def bind(
    parts: Sequence[Part], cover: Callable[[Sequence[Placed], Sequence[Part], int], dict[str, Any]]
) -> Bound:
    """Bind the parts behind a cover.

    ``cover`` is given the parts that can be read, those that can't, and how many pages the cover has; it answers with
    the data of ``cover.typ``. What can't be read is named on it, never a reason to stop.
    """
    from pypdf import PdfWriter  # noqa: PLC0415  (heavy engine)

    placed, broken = _place(parts)
    front = _front(placed, broken, cover)
    writer = PdfWriter()
    writer.append(BytesIO(front))
    for one in placed:
        writer.append(one.reader)
    _number(writer)
    kept = BytesIO()
    writer.write(kept)
    return Bound(kept.getvalue(), len(writer.pages), [part.title for part in broken])


def _place(parts: Sequence[Part]) -> tuple[list[Placed], list[Part]]:
    placed, broken, page = [], [], 1
    for part in parts:
        reader = opened(part.data)
        if reader is None:
            broken.append(part)
            continue
        placed.append(Placed(part, reader, page))
        page += len(reader.pages)
    return placed, broken


def _front(
    placed: Sequence[Placed],
    broken: Sequence[Part],
    cover: Callable[[Sequence[Placed], Sequence[Part], int], dict[str, Any]],
) -> bytes:
    """The cover, set again when it turns out longer than one page."""
    made = typesetting.pdf(COVER, cover(placed, broken, 1))
    reader = opened(made)
    pages = len(reader.pages) if reader is not None else 1
    return made if pages == 1 else typesetting.pdf(COVER, cover(placed, broken, pages))


def opened(data: bytes) -> Any | None:
    """A reader of the PDF, or of the page made of a picture; None when it can't be read to its end."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415  (heavy engine)

    try:
        if sniff(data).startswith("image/"):
            data = page_of(data)
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return None
        PdfWriter().append(reader)  # a damaged page shows itself only when it is copied
    except Exception:  # noqa: BLE001  (whatever a stranger's file does, it is called broken)
        return None
    return reader if len(reader.pages) else None


def page_of(picture: bytes) -> bytes:
    """An A4 page, upright or across as the picture is, with the picture as large as fits.

    Raises:
        OSError: it is no picture that can be read.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  (heavy engine)

    with Image.open(BytesIO(picture)) as source:
        source.draft("RGB", A4_AT_150)
        shown = ImageOps.exif_transpose(source).convert("RGB")
    size = A4_AT_150 if shown.height >= shown.width else A4_AT_150[::-1]
    shown = ImageOps.contain(shown, (size[0] - 2 * BORDER, size[1] - 2 * BORDER))
    page = Image.new("RGB", size, "white")
    page.paste(shown, ((size[0] - shown.width) // 2, (size[1] - shown.height) // 2))
    kept = BytesIO()
    page.save(kept, "PDF", resolution=150, quality=80)
    return kept.getvalue()


def _number(writer: Any) -> None:
    """Write ``page/pages`` small at the foot of every page, whatever its size."""
    from pypdf import PdfReader  # noqa: PLC0415  (heavy engine)

    for page in writer.pages:
        if page.rotation:
            page.transfer_rotation_to_content()
    sizes = [[str(int(page.mediabox.width)), str(int(page.mediabox.height))] for page in writer.pages]
    stamps = PdfReader(BytesIO(typesetting.pdf(STAMPS, {"sizes": sizes})))
    for page, stamp in zip(writer.pages, stamps.pages, strict=True):
        page.merge_translated_page(stamp, page.mediabox.left, page.mediabox.bottom)
