"""One paragraph: its runs in order, pictures and formulas as text, and the boxes that float in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lms.quizzes.interchange.docx.formulas import formula_text
from lms.quizzes.interchange.docx.names import MC, A, M, O, R, V, W
from lms.quizzes.interchange.docx.package import Package
from lms.quizzes.interchange.docx.styles import Format, Sheet, read_format
from lms.quizzes.interchange.rich import Run

if TYPE_CHECKING:
    from lxml.etree import _Element

OBJECT = "⟦đối tượng⟧"
DRAWING = "⟦hình vẽ⟧"
SKIPPED = frozenset({W + "del", W + "moveFrom", W + "rPr", W + "pPr", W + "instrText", W + "delText"})
FIXED = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "softHyphen": ""}
SYMBOLS = {"F0B7": "•", "F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F0D8": "➢", "F0B0": "°", "F0B4": "×",
           "F0B1": "±", "F0A3": "≤", "F0B3": "≥", "F0B9": "≠", "F070": "π", "F061": "α", "F062": "β",
           "F044": "Δ", "F057": "Ω", "F06D": "μ", "F0DE": "⇒", "F0AE": "→"}  # fmt: skip


@dataclass(slots=True)
class ParagraphReader:
    """Collects the runs of one paragraph."""

    package: Package
    sheet: Sheet
    style: Format
    base: Format
    runs: list[Run] = field(default_factory=list)
    boxes: "list[_Element]" = field(default_factory=list)
    hidden: str = ""

    def read(self, element: "_Element") -> None:
        """Everything inside a paragraph or an inline container."""
        for child in element:
            if not isinstance(child.tag, str) or child.tag in SKIPPED:
                continue
            if child.tag == W + "r":
                self._run(child)
            elif child.tag in {M + "oMath", M + "oMathPara"}:
                self.runs.append(Run(re.sub(r"\s+", " ", formula_text(child)), self.base.style()))
            elif child.tag == MC + "AlternateContent":
                self._alternative(child, self.base)
            else:
                self.read(child)

    def _run(self, run: "_Element") -> None:
        properties = run.find(W + "rPr")
        own = read_format(properties)
        character = properties.find(W + "rStyle") if properties is not None else None
        named = self.sheet.format(character.get(W + "val")) if character is not None else Format()
        form = own.over(named.toggled(self.style)).over(self.base)
        if form.hidden:
            self.hidden += "".join(text.text or "" for text in run.iter(W + "t"))
            return
        for child in run:
            if isinstance(child.tag, str) and child.tag not in SKIPPED:
                self._piece(child, form)

    def _piece(self, child: "_Element", form: Format) -> None:
        text = FIXED.get(child.tag)
        if child.tag == W + "br" and child.get(W + "type") in {"page", "column"}:
            text = "\n"
        if child.tag == W + "t":
            text = child.text or ""
        elif child.tag == W + "sym":
            text = SYMBOLS.get(child.get(W + "char", "").upper(), "�")
        if text is not None:
            self.runs.append(Run(text, form.style()))
        elif child.tag == MC + "AlternateContent":
            self._alternative(child, form)
        elif child.tag in {W + "drawing", W + "pict", W + "object"}:
            self._picture(child, form)

    def _alternative(self, element: "_Element", form: Format) -> None:
        """One of the two descriptions that Word writes of the same thing."""
        choice = element.find(MC + "Choice")
        fallback = element.find(MC + "Fallback")
        for branch in (choice, fallback):
            if branch is not None and len(branch):
                self._picture(branch, form)
                return

    def _picture(self, element: "_Element", form: Format) -> None:
        names = list(self._pictures(element))
        boxes = [box for box in element.iter(W + "txbxContent") if not _inside_fallback(box, element)]
        self.boxes.extend(boxes)
        if element.tag == W + "object":
            names = names[:1] or [OBJECT]
        elif not names and _drawn(element) and not any(_has_text(box) for box in boxes):
            names = [DRAWING] if element.tag != W + "pict" or not _rule(element) else []
        self.runs.extend(Run(name, form.style()) for name in names)

    def _pictures(self, element: "_Element") -> Iterator[str]:
        for blip in element.iter(A + "blip"):
            picture = self.package.picture(blip.get(R + "embed"))
            yield f"⟦{picture.name}⟧" if picture else DRAWING
        for image in element.iter(V + "imagedata"):
            if _inside_fallback(image, element):
                continue
            picture = self.package.picture(image.get(R + "id"))
            yield f"⟦{picture.name}⟧" if picture else DRAWING


def _has_text(box: "_Element") -> bool:
    return any((text.text or "").strip() for text in box.iter(W + "t"))


def _inside_fallback(element: "_Element", top: "_Element") -> bool:
    parent = element.getparent()
    while parent is not None and parent is not top:
        if parent.tag == MC + "Fallback":
            return True
        parent = parent.getparent()
    return False


def _rule(element: "_Element") -> bool:
    return any(shape.get(O + "hr") for shape in element.iter(V + "rect"))


def _drawn(element: "_Element") -> bool:
    """Whether something is drawn at all; a text box alone is no drawing."""
    return any(isinstance(child.tag, str) and child.tag.rsplit("}", 1)[-1] in {"wsp", "wgp", "shape", "group", "cxnSp"}
               for child in element.iter())  # fmt: skip
