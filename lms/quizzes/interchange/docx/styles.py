"""Formatting of runs: direct, from character and paragraph styles, and the document's defaults."""

import colorsys
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lms.quizzes.interchange.docx.names import W
from lms.quizzes.interchange.rich import Style

if TYPE_CHECKING:
    from lxml.etree import _Element

OFF = frozenset({"0", "false", "off", "none"})
NEUTRAL_SATURATION = 0.25
NEUTRAL_DARKNESS = 0.25
HUES = (
    (20, "red"),
    (45, "orange"),
    (70, "yellow"),
    (170, "green"),
    (265, "blue"),
    (330, "purple"),
    (361, "red"),
)
HIGHLIGHT_NEUTRAL = frozenset({"none", "white", "black", "lightGray", "darkGray"})


def hue(value: str | None) -> str | None:
    """The name of a colour written ``RRGGBB``; None for black, grey, white and ``auto``: those are no marks."""
    if value is None or len(value) != 6:  # noqa: PLR2004 - RRGGBB
        return None
    try:
        red, green, blue = (int(value[index : index + 2], 16) / 255 for index in (0, 2, 4))
    except ValueError:
        return None
    turn, saturation, bright = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < NEUTRAL_SATURATION or bright < NEUTRAL_DARKNESS:
        return None
    return next(name for limit, name in HUES if turn * 360 < limit)


@dataclass(frozen=True, slots=True)
class Format:
    """Run properties as written: None means "not said here"."""

    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    colour: str | None = None
    highlight: str | None = None
    vertical: str | None = None
    hidden: bool | None = None
    struck: bool | None = None

    def over(self, below: "Format") -> "Format":
        """This format with what it doesn't say taken from ``below``."""
        return Format(
            bold=below.bold if self.bold is None else self.bold,
            italic=below.italic if self.italic is None else self.italic,
            underline=below.underline if self.underline is None else self.underline,
            colour=below.colour if self.colour is None else self.colour,
            highlight=below.highlight if self.highlight is None else self.highlight,
            vertical=below.vertical if self.vertical is None else self.vertical,
            hidden=below.hidden if self.hidden is None else self.hidden,
            struck=below.struck if self.struck is None else self.struck,
        )

    def toggled(self, below: "Format") -> "Format":
        """A character style over a paragraph style: what both switch on is off again."""
        shown = self.over(below)
        return replace(
            shown,
            bold=shown.bold and not (self.bold and below.bold),
            italic=shown.italic and not (self.italic and below.italic),
            struck=shown.struck and not (self.struck and below.struck),
        )

    def style(self) -> Style:
        """The style a reader sees."""
        return Style(
            bold=bool(self.bold),
            italic=bool(self.italic),
            underline=bool(self.underline),
            colour=hue(self.colour),
            highlight=self.highlight if self.highlight not in HIGHLIGHT_NEUTRAL else None,
            vertical={"subscript": "sub", "superscript": "sup"}.get(self.vertical or ""),
            struck=bool(self.struck),
        )


def _toggle(properties: "_Element", name: str) -> bool | None:
    element = properties.find(W + name)
    return None if element is None else element.get(W + "val", "1") not in OFF


def _value(properties: "_Element", name: str) -> str | None:
    element = properties.find(W + name)
    return None if element is None else element.get(W + "val")


def shading(properties: "_Element | None") -> str | None:
    """The hue behind a run or a paragraph."""
    shade = properties.find(W + "shd") if properties is not None else None
    return None if shade is None else hue(shade.get(W + "fill"))


def read_format(properties: "_Element | None") -> Format:
    """The format that a ``w:rPr`` writes."""
    if properties is None:
        return Format()
    highlight = _value(properties, "highlight") or shading(properties)
    underline = _value(properties, "u")
    return Format(
        bold=_toggle(properties, "b"),
        italic=_toggle(properties, "i"),
        underline=None if underline is None else underline not in OFF,
        colour=_value(properties, "color"),
        highlight=highlight,
        vertical=_value(properties, "vertAlign"),
        hidden=_toggle(properties, "vanish"),
        struck=_toggle(properties, "strike") or _toggle(properties, "dstrike"),
    )


@dataclass(slots=True)
class Sheet:
    """All styles of a document, resolved on demand."""

    raw: "dict[str, _Element]" = field(default_factory=dict)
    defaults: Format = field(default_factory=Format)
    default_paragraph: str = ""
    known: dict[str, Format] = field(default_factory=dict)

    def format(self, style_id: str | None) -> Format:
        """Run format of a style with everything it is based on; empty for an unknown style."""
        if not style_id or style_id not in self.raw:
            return Format()
        if style_id not in self.known:
            self.known[style_id] = Format()  # a style based on itself ends here
            element = self.raw[style_id]
            base = element.find(W + "basedOn")
            below = self.format(base.get(W + "val")) if base is not None else Format()
            self.known[style_id] = read_format(element.find(W + "rPr")).over(below)
        return self.known[style_id]

    def paragraph_element(self, style_id: str | None, name: str) -> "_Element | None":
        """The first ``name`` in the paragraph properties of a style or of what it is based on."""
        seen: set[str] = set()
        while style_id and style_id in self.raw and style_id not in seen:
            seen.add(style_id)
            element = self.raw[style_id]
            found = element.find(f"{W}pPr/{W}{name}")
            if found is not None:
                return found
            base = element.find(W + "basedOn")
            style_id = base.get(W + "val") if base is not None else None
        return None


def read_styles(root: "_Element | None") -> Sheet:
    """The style sheet of ``word/styles.xml``."""
    sheet = Sheet()
    if root is None:
        return sheet
    sheet.defaults = read_format(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for style in root.iter(W + "style"):
        style_id = style.get(W + "styleId", "")
        sheet.raw[style_id] = style
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true"}:
            sheet.default_paragraph = style_id
    return sheet
