"""Letters as Word files that staff can edit: the layout of the PDF, as near as Word allows.

The body is written as WordprocessingML at once, since python-docx sets a long table cell by cell very slowly.
"""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any
from xml.sax.saxutils import escape

FONT = "Times New Roman"
TWIP = 20
"""Twips in a point."""
MM = 56.6929
"""Twips in a millimetre."""
WIDTH = 160
"""Millimetres between the margins."""
HEADS = {
    "party": {"left": 72, "right": 88, "size": 28, "top": "ĐẢNG CỘNG SẢN VIỆT NAM", "top_size": 30,
              "motto": "", "rule": 206},
    "state": {"left": 62, "right": 98, "size": 26, "top": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "top_size": 25,
              "motto": "Độc lập - Tự do - Hạnh phúc", "rule": 165},
}  # fmt: skip
"""By style: column widths in mm, sizes in half points, and the length in points of the rule below the last line at the right,
which is that line's own as Times New Roman sets it."""
ISSUER_RULE = 28
"""Millimetres of the rule below a state body's name."""
GAP = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
"""What parts a table from what follows."""
SCHEMA = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACE = f'xmlns:w="{SCHEMA}"'


def letter_docx(letter: Mapping[str, Any]) -> bytes:
    """The Word file of one letter of :mod:`lms.results.letters.wording`."""
    import docx  # noqa: PLC0415  (heavy engine)
    from docx.oxml import parse_xml  # noqa: PLC0415  (heavy engine)

    document = docx.Document()
    _set_up(document)
    body = document.element.body
    party = letter["head"]["style"] == "party"
    parts = chain(
        _heading(letter["head"]),
        _title(letter),
        chain.from_iterable(_block(block) for block in letter["blocks"]),
        _foot(letter, party=party),
    )
    written = list(parse_xml(f"<w:body {NAMESPACE}>{''.join(parts)}</w:body>"))
    for place, element in enumerate(written):
        body.insert(place, element)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _set_up(document: Any) -> None:
    """A4, the margins, the font, and page numbers from the second page on."""
    from docx.oxml import parse_xml  # noqa: PLC0415  (heavy engine)
    from docx.shared import Mm, Pt  # noqa: PLC0415  (heavy engine)

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.rPr.rFonts
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{{{SCHEMA}}}{script}", FONT)
    header = section.header
    header.is_linked_to_previous = False
    number = _run('<w:fldChar w:fldCharType="begin"/>', raw=True) + _run(
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>', raw=True
    ) + _run('<w:fldChar w:fldCharType="end"/>', raw=True)  # fmt: skip
    old = header.paragraphs[0]._p  # noqa: SLF001  (python-docx names its element so)
    old.getparent().replace(
        old, parse_xml(_paragraph(number, align="center").replace("<w:p>", f"<w:p {NAMESPACE}>", 1))
    )


def _run(
    text: str,
    *,
    size: int = 28,
    bold: bool = False,
    italic: bool = False,
    line: bool = False,
    raw: bool = False,
) -> str:
    """A run of text; ``size`` in half points, ``line`` underlines, ``raw`` is markup already."""
    marks = f"{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}"
    under = '<w:u w:val="single"/>' if line else ""
    body = text if raw else f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f'<w:r><w:rPr>{marks}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{under}</w:rPr>{body}</w:r>'


def _paragraph(
    runs: str,
    *,
    align: str = "both",
    first: int = 0,
    before: int = 0,
    after: int = 0,
    keep: bool = False,
    extra: str = "",
    single: bool = True,
) -> str:
    """A paragraph; ``first`` line's indent in mm, space in points, ``keep`` with the next one."""
    spacing = f'<w:spacing w:before="{before * TWIP}" w:after="{after * TWIP}" w:line="{240 if single else 264}" w:lineRule="auto"/>'
    indent = f'<w:ind w:firstLine="{int(first * MM)}"/>' if first else ""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr>{kept}{extra or ""}{spacing}{indent}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _rule(length: int, column: int) -> str:
    """A rule of ``length`` points in the middle of a column of ``column`` points: a low paragraph's upper border."""
    side = max(0, (column - length) * TWIP // 2)
    return (
        '<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="0" w:after="0" w:line="80" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/></w:pPr></w:p>'
    )


def _cell(width: int, content: str, *, middle: bool = False) -> str:
    vertical = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{int(width * MM)}" w:type="dxa"/>{vertical}</w:tcPr>{content}</w:tc>'


def _grid(widths: Iterable[int], rows: str, *, borders: bool, padding: int = 40) -> str:
    """A table of fixed column widths in mm; without ``borders`` it only places things."""
    widths = list(widths)
    line = "single" if borders else "nil"
    sides = "".join(
        f'<w:{side} w:val="{line}" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/>'
    columns = "".join(f'<w:gridCol w:w="{int(width * MM)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{int(sum(widths) * MM)}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _heading(head: Mapping[str, str]) -> list[str]:
    form: Any = HEADS[head["style"]]
    size, right = form["size"], int(form["right"] * MM / TWIP)
    left = [_paragraph(_run(head["superior"].upper(), size=size), align="center")] if head["superior"] else []
    left.append(_paragraph(_run(head["issuer"].upper(), size=size, bold=True), align="center"))
    if head["style"] == "party":
        left.append(_paragraph(_run("*"), align="center"))
    else:
        left.append(_rule(int(ISSUER_RULE * MM / TWIP), int(form["left"] * MM / TWIP)))
    titles = [_paragraph(_run(form["top"], size=form["top_size"], bold=True), align="center")]
    if form["motto"]:
        titles.append(_paragraph(_run(form["motto"], size=27, bold=True), align="center"))
    titles.append(_rule(form["rule"], right))
    number = _paragraph(_run(head["number"], size=size), align="center")
    place = _paragraph(_run(head["place_and_date"], size=size, italic=True), align="center")
    rows = [
        _row([_cell(form["left"], "".join(left)), _cell(form["right"], "".join(titles))]),
        _row([_cell(form["left"], number), _cell(form["right"], place)]),
    ]
    return [_grid((form["left"], form["right"]), "".join(rows), borders=False)]


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def _title(letter: Mapping[str, Any]) -> list[str]:
    size = 32 if letter["head"]["style"] == "party" else 28
    return [
        _paragraph(_run(letter["title"].upper(), size=size, bold=True), align="center", before=14),
        _paragraph(_run(letter["subject"], bold=True), align="center", after=8),
    ]


def _block(block: Mapping[str, Any]) -> list[str]:
    if block["kind"] == "paragraph":
        return [_paragraph(_run(block["text"]), first=10, after=6, single=False)]
    if block["kind"] == "section":
        return [_paragraph(_run(block["text"], bold=True), align="left", before=6, after=4, keep=True)]
    return [_table(block), GAP]


def _table(block: Mapping[str, Any]) -> str:
    columns = block["columns"]
    given = [None if one["width"].endswith("fr") else int(one["width"]) for one in columns]
    rest = WIDTH - sum(width for width in given if width is not None)
    flexible = max(1, given.count(None))
    widths = [rest // flexible if width is None else width for width in given]
    heads = [
        _cell(
            width, _paragraph(_run(one["label"], size=24, bold=True), align="center", keep=True), middle=True
        )
        for width, one in zip(widths, columns, strict=True)
    ]
    rows = [_row(heads, head=True)]
    last = len(block["rows"])
    for number, row in enumerate(block["rows"], start=1):
        keep = bool(block["whole"]) and number < last
        cells = [
            _cell(
                width,
                _paragraph(_run(text, size=24), align=one["align"], before=2, after=2, keep=keep),
                middle=True,
            )
            for width, one, text in zip(widths, columns, row, strict=True)
        ]
        rows.append(_row(cells))
    return _grid(widths, "".join(rows), borders=True)


def _foot(letter: Mapping[str, Any], *, party: bool) -> list[str]:
    label = _run("Nơi nhận:", line=True) if party else _run("Nơi nhận:", size=24, bold=True, italic=True)
    size = 24 if party else 22
    left = [_paragraph(label, align="left")]
    left += [_paragraph(_run(f"- {one}", size=size), align="left") for one in letter["receivers"]]
    lines = letter["signer"]["role"].split("\n")
    right = [
        _paragraph(_run(line, bold=not party or place == 0), align="center")
        for place, line in enumerate(lines)
    ]
    right += [_paragraph("", align="center") for _ in range(4)]
    right.append(_paragraph(_run(letter["signer"]["name"], bold=True), align="center"))
    half = WIDTH // 2
    row = _row([_cell(half, "".join(left)), _cell(half, "".join(right))])
    return [_paragraph("", keep=True), _grid((half, half), row, borders=False)]
