"""HTML of longer texts that people write in the page's editor, made safe to show: headings, lists, links, pictures.

What a question may hold is less, see :mod:`lms.core.sanitising`.
"""

import re
import unicodedata
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

import nh3

TAGS = frozenset(
    "p br strong b em i u sub sup h2 h3 ul ol li blockquote a img table thead tbody tr th td".split()  # noqa: SIM905
)
_ATTRIBUTES = {
    "img": {"src", "alt"},
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
ROUNDS = 8
_OWN_PICTURE = re.compile(r"/files/lessons/[A-Za-z0-9_-]{1,64}")
_LINK = re.compile(r"(?:https?://[^\s/?#]+[^\s]*|mailto:[^\s]+)", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_AS_PARAGRAPH = re.compile(r"<(/?)(?:div|section|article)\b[^<>]*>", re.IGNORECASE)
_AS_H2 = re.compile(r"<(/?)h1\b[^<>]*>", re.IGNORECASE)
_AS_H3 = re.compile(r"<(/?)h[456]\b[^<>]*>", re.IGNORECASE)
_PICTURE = re.compile(r'<img\b[^<>]*?\ssrc="/files/lessons/([A-Za-z0-9_-]+)"[^<>]*>')
_ANY_PICTURE = re.compile(r"<img\b[^<>]*>")
_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0x7F: None}
_PLACE = re.compile(r"⟦([A-Za-z0-9_-]{1,64})⟧")


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if _OWN_PICTURE.fullmatch(value) else None
    if name == "href":
        return value if _LINK.fullmatch(value.strip()) else None
    if name == "alt":
        return re.sub(r"[<>]", " ", value)
    if name == "rel":  # ours: the reader's page is not told to the other side
        return value
    return value if tag in {"ol", "td", "th"} and _NUMBER.fullmatch(value) else None


def clean_article(html: str) -> str:
    """``html`` with everything outside the allow-list removed, in NFC. Cleaning twice changes nothing.

    Other headings become ``h2`` or ``h3``; links lead to the web or to a mail address and pass no referrer; a picture
    that is not one of ``/files/lessons/`` disappears.
    """
    before = unicodedata.normalize("NFC", html).translate(_CONTROLS)
    for _ in range(ROUNDS):
        after = _once(before)
        if after == before:
            return after
        before = after
    return f"<p>{escape(re.sub(r'<[^<>]*>', ' ', before)).strip()}</p>"


def _once(html: str) -> str:
    """One cleaning. What was nested as no browser nests it may come out otherwise at the next."""
    for pattern, tag in ((_AS_PARAGRAPH, "p"), (_AS_H2, "h2"), (_AS_H3, "h3")):
        html = pattern.sub(rf"<\1{tag}>", html)
    cleaned = nh3.clean(
        html,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto"},
    )
    return _ANY_PICTURE.sub(lambda found: found[0] if _PICTURE.fullmatch(found[0]) else "", cleaned).strip()


def pictures_in(html: str) -> tuple[str, ...]:
    """Keys of the pictures that a cleaned article shows, in order, each once."""
    return tuple(dict.fromkeys(_PICTURE.findall(html)))


def with_pictures(html: str, keys: Mapping[str, str]) -> str:
    """A cleaned article whose pictures are named by ``keys``; one that isn't there is left out."""

    def renamed(found: re.Match[str]) -> str:
        key = keys.get(found[1])
        return found[0].replace(f"/files/lessons/{found[1]}", f"/files/lessons/{key}") if key else ""

    return _PICTURE.sub(renamed, html)


class _Plain(HTMLParser):
    """Collects the text of an article: an empty line between blocks, ``⟦key⟧`` for a picture."""

    BLOCKS = frozenset({"p", "h2", "h3", "ul", "ol", "blockquote", "table"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "tr":
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append("\t")
        elif tag == "img":
            self.parts.append(f"⟦{(dict(attrs).get('src') or '').rpartition('/')[2]}⟧")
        elif tag in self.BLOCKS:
            self.parts.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def plain_of(html: str) -> str:
    """An article as plain text for a text field: paragraphs parted by an empty line, a picture as ``⟦key⟧``."""
    parser = _Plain()
    parser.feed(clean_article(html))
    parser.close()
    lines = [line.strip(" ") for line in "".join(parser.parts).split("\n")]
    text = re.sub(r"-\s*\n+(?=\S)", "- ", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def article_of(plain: str) -> str:
    """Plain text as an article: an empty line ends a paragraph, ``⟦key⟧`` is the picture of that key."""
    normal = unicodedata.normalize("NFC", plain).translate(_CONTROLS).replace("\r\n", "\n").strip()
    paragraphs = [part.strip("\n") for part in re.split(r"\n[ \t]*\n+", normal) if part.strip()]
    html = "".join(f"<p>{escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    return clean_article(_PLACE.sub(r'<img src="/files/lessons/\1" alt="">', html))
