"""HTML that people wrote, made safe to show.

Stems, options and explanations keep a small set of tags. There are no links, no styles, and images come from
this application's own files only, so shown content can neither run nor call home.
"""

import re
import unicodedata
from html import escape
from html.parser import HTMLParser

import nh3

TAGS = frozenset(
    "p br b strong i em u sub sup ul ol li table thead tbody tr th td img".split()  # noqa: SIM905
)
ATTRIBUTES = {"img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}

_OWN_FILE = re.compile(r"/files/[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)*)*")
_SPAN = re.compile(r"[1-9][0-9]?")
_BLOCK_TAG = re.compile(r"<(/?)(?:div|h[1-6]|section|article|blockquote)\b[^<>]*>", re.IGNORECASE)
_IMAGE_WITHOUT_SOURCE = re.compile(r'<img(?![^<>]*\ssrc="/files/)[^<>]*>')
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: None}


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if _OWN_FILE.fullmatch(value) else None
    if name == "alt":
        return re.sub(r"[<>]", " ", value)
    return value if _SPAN.fullmatch(value) else None


def clean_html(html: str) -> str:
    """``html`` with everything outside the allow-list removed, in NFC. Cleaning twice changes nothing.

    Headings and ``div`` become paragraphs, so that their text doesn't run together. An image whose address is not
    below ``/files/`` disappears.
    """
    normal = unicodedata.normalize("NFC", html).translate(_CONTROLS)
    cleaned = nh3.clean(
        _BLOCK_TAG.sub(r"<\1p>", normal),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel=None,
        url_schemes=set(),
    )
    return _IMAGE_WITHOUT_SOURCE.sub("", cleaned).strip()


def escape_text(text: str) -> str:
    """Plain text as HTML that shows exactly that text; line ends become ``<br>``."""
    normal = unicodedata.normalize("NFC", text).translate(_CONTROLS)
    return escape(normal.strip()).replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")


class _Text(HTMLParser):
    """Collects the text of cleaned HTML; block ends become line ends, cells are parted by a tab."""

    LINE = frozenset({"p", "br", "li", "tr", "table", "ul", "ol"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LINE:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("\t")
        elif tag == "img":
            self.parts.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.LINE - {"br"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """The readable text of ``html`` (cleaned first): lines for blocks, an image's alternative text for the image."""
    parser = _Text()
    parser.feed(clean_html(html))
    parser.close()
    lines = (re.sub(r"[ \u00a0]+", " ", line.strip()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
